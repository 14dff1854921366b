package org.realm4knime.engine.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names are those that llama.cpp's converter gives to the tokenizers of GPT-2, SmolLM2, Qwen2.5 and Llama 3. */
class CutRuleTest {

    private static final String BYTES =
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": %s}";
    private static final String SPLIT =
            "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"%s\"}, \"behavior\": \"Isolated\", \"invert\": false}";
    private static final String SEQUENCE = "{\"type\": \"Sequence\", \"pretokenizers\": [%s, %s]}";
    /** As in the tokenizer.json of Qwen2.5, and with three digits of Llama 3. */
    private static final String EXPRESSION =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}%s|"
                    + " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";

    @ParameterizedTest
    @CsvSource({"'', false, qwen2", "'{1,3}', true, llama-bpe", "'{1,3}', false, smaug-bpe"})
    void rulesOfKnownTokenizersHaveTheirName(String digits, boolean ignoreMerges, String name) {
        String split = SPLIT.formatted(EXPRESSION.formatted(digits));
        assertThat(label(SEQUENCE.formatted(split, BYTES.formatted(false)), ignoreMerges))
                .isEqualTo(name);
    }

    @Test
    void bytesAloneAreGpt2AndWithSingleDigitsSmolLm() {
        String digits = "{\"type\": \"Digits\", \"individual_digits\": true}";
        assertThat(label(BYTES.formatted(true), false)).isEqualTo("gpt-2");
        assertThat(label(SEQUENCE.formatted(digits, BYTES.formatted(true)), false))
                .isEqualTo("smollm");
    }

    @Test
    void otherRulesHaveNone() {
        assertThat(label(SEQUENCE.formatted(SPLIT.formatted("\\\\w+"), BYTES.formatted(false)), false))
                .isEmpty();
        assertThat(label("{\"type\": \"Whitespace\"}", false)).isEmpty();
        assertThat(label(BYTES.formatted(true), true)).as("whole words first").isEmpty();
        assertThat(label("null", false)).isEmpty();
    }

    @Test
    void textsAreCutByOneExpressionAfterTheOther() {
        assertThat(CutRule.SMOLLM.pieces("I'm 12 years")).containsExactly("I", "'m", " ", "1", "2", " years");
        assertThat(CutRule.LLAMA_3.pieces("I'M 12345 ok")).containsExactly("I", "'M", " ", "123", "45", " ok");
    }

    private static String label(String preTokenizer, boolean ignoreMerges) {
        return CutRule.of(JsonParser.parseString(preTokenizer), ignoreMerges)
                .map(CutRule::label)
                .orElse("");
    }
}
