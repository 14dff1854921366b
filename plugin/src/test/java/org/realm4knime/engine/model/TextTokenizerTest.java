package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;

class TextTokenizerTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTokenizer() {
        ModelFixtures.writeTokenizer(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A gold member returns a laptop priced 240.",
                "a = 2 - 1; ok",
                "12 days, 14 days.",
                "gold",
            })
    void decodesWhatItEncodes(String text) {
        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void splitsNumbersIntoDigitsAndKeepsTheSpaceWithTheWord() {
        TextTokenizer tokenizer = TextTokenizer.read(folder);

        // ▁priced ▁2 4 0 ; by position in the fixture's vocabulary
        assertThat(tokenizer.encode("priced 240;")).containsExactly(10, 15, 22, 18, 27);
    }

    /** As Gemma 3, whose tokenizer has a token for pictures behind those that models of text alone have rows for. */
    @Test
    void takesSpecialTokensThatTheModelLacksAndRefusesTextsWithThem() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        int rows = ModelFixtures.vocabSize();
        String picture = "{\"id\": %d, \"content\": \"<picture>\", \"special\": true, \"single_word\": false,"
                + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false}, ";
        Files.writeString(
                file,
                Files.readString(file).replace("\"added_tokens\": [", "\"added_tokens\": [" + picture.formatted(rows)));
        TextTokenizer tokenizer = TextTokenizer.read(folder, rows);

        assertThat(tokenizer.encode("gold")).containsExactly(5);
        assertThatThrownBy(() -> tokenizer.encode("gold<picture>"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("has the special token <picture>");
        assertThatThrownBy(() -> TextTokenizer.read(folder, rows - 1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the tokenizer has 30 tokens, but the model's vocab_size is only 29");
    }

    @Test
    void addsNoSpecialTokensButKnowsThoseInTheText() {
        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.encode("gold<eos>")).containsExactly(5, 0);
        assertThat(tokenizer.encode("platinum")).containsExactly(2);
        assertThat(tokenizer.decode(new int[] {5, 0})).isEqualTo("gold");
    }

    @Test
    void neitherCutsNorPadsLongTexts() {
        assertThat(TextTokenizer.read(folder).encode("gold ".repeat(2000).strip()))
                .hasSize(2000);
    }

    @Test
    void knowsSizeAndSpecialTokens() {
        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.vocabSize()).isEqualTo(ModelFixtures.vocabSize());
        assertThat(tokenizer.eosId()).isZero();
        assertThat(tokenizer.padId()).isEqualTo(1);
        assertThat(tokenizer.stopIds()).containsExactly(0);
    }

    @Test
    void generationConfigAddsEndTokens() {
        write("generation_config.json", "{\"eos_token_id\": [26, 0]}");

        assertThat(TextTokenizer.read(folder).stopIds()).containsExactly(0, 26);
    }

    @Test
    void theModelsConfigNamesEndTokensWhereNoGenerationConfigIsThere() {
        write("config.json", "{\"eos_token_id\": [26, 5]}");
        assertThat(TextTokenizer.read(folder).stopIds()).containsExactly(0, 26, 5);

        write("generation_config.json", "{}");
        assertThat(TextTokenizer.read(folder).stopIds()).containsExactly(0);
    }

    @Test
    void theMapOfSpecialTokensNamesWhatTheConfigDoesNot() {
        write("tokenizer_config.json", "{\"pad_token\": null}");
        write("special_tokens_map.json", "{\"eos_token\": {\"content\": \"<eos>\"}, \"pad_token\": \"<pad>\"}");

        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.stopIds()).containsExactly(0);
        assertThat(tokenizer.padId()).isZero();
    }

    @Test
    void padsWithTheEndTokenIfNoneIsNamed() {
        write("tokenizer_config.json", "{\"eos_token\": \"<eos>\", \"pad_token\": null}");

        assertThat(TextTokenizer.read(folder).padId()).isZero();
    }

    @Test
    void withoutATemplateThePromptIsTheMessage() {
        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.chatPrompt("A {{ question }}")).isEqualTo("A {{ question }}");
    }

    /**
     * As the tokenizers of Llama do: the post-processor sets {@code <pad>}, here the begin token, before every text.
     */
    @Test
    void withoutATemplateThePromptBeginsWithTheTokenThatTheTokenizerAdds() throws IOException {
        String begins =
                """
                {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<pad>", "type_id": 0}},
                 {"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}},
                 {"Sequence": {"id": "B", "type_id": 0}}],
                 "special_tokens": {"<pad>": {"id": "<pad>", "ids": [1], "tokens": ["<pad>"]}}}""";
        String plain = Files.readString(folder.resolve("tokenizer.json"));
        write("tokenizer.json", plain.replace("\"post_processor\": null", "\"post_processor\": " + begins));
        assertThat(TextTokenizer.read(folder).chatPrompt("gold")).isEqualTo("gold");

        write("tokenizer_config.json", "{\"eos_token\": \"<eos>\", \"bos_token\": \"<pad>\"}");
        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.chatPrompt("gold")).isEqualTo("<pad>gold");
        assertThat(tokenizer.encode(tokenizer.chatPrompt("gold"))).containsExactly(1, 5);
        assertThat(tokenizer.encode("gold")).containsExactly(5);
    }

    @Test
    void appliesTheChatTemplateOfTheConfiguration() {
        write(
                "tokenizer_config.json",
                "{\"eos_token\": \"<eos>\", \"chat_template\": \"{% for m in messages %}<{{ m.role }}>"
                        + "{{ m['content'] }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}<assistant>{%"
                        + " endif %}\"}");

        assertThat(TextTokenizer.read(folder).chatPrompt("Why {{ eos_token }}?"))
                .isEqualTo("<user>Why {{ eos_token }}?<eos><assistant>");
    }

    @Test
    void prefersTheTemplateFile() {
        write("tokenizer_config.json", "{\"eos_token\": \"<eos>\", \"chat_template\": \"old\"}");
        write("chat_template.jinja", "{{ messages[0].content }} new\n");

        assertThat(TextTokenizer.read(folder).chatPrompt("a")).isEqualTo("a new");
    }

    @Test
    void aTemplateMayLeaveOutWhatWasSaid() {
        write("tokenizer_config.json", "{\"eos_token\": \"<eos>\", \"chat_template\": \"\"}");

        assertThat(TextTokenizer.read(folder).chatPrompt("a")).isEmpty();
    }

    @Test
    void takesTheDefaultOfSeveralTemplates() {
        write(
                "tokenizer_config.json",
                "{\"eos_token\": \"<eos>\", \"chat_template\": [{\"name\": \"tools\", \"template\": \"no\"},"
                        + " {\"name\": \"default\", \"template\": \"yes\"}]}");

        assertThat(TextTokenizer.read(folder).chatPrompt("a")).isEqualTo("yes");
    }

    @Test
    void refusesATokenizerWithoutEndToken() {
        write("tokenizer_config.json", "{}");

        assertRefused("eos_token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenizer_config.json|{\"eos_token\": [1]}|eos_token",
                "tokenizer_config.json|{\"eos_token\": {}}|eos_token",
                "tokenizer_config.json|{\"eos_token\": \"<eos>\", \"pad_token\": {\"content\": null}}|pad_token",
                "tokenizer_config.json|{\"eos_token\": \"<eos>\", \"chat_template\": {}}|chat_template",
                "tokenizer_config.json|[]|JSON object",
                "generation_config.json|{\"eos_token_id\": \"<eos>\"}|eos_token_id",
                "generation_config.json|{\"eos_token_id\": [0, null]}|eos_token_id",
                "generation_config.json|{\"eos_token_id\": [0}|valid JSON",
                "config.json|{\"eos_token_id\": \"<eos>\"}|eos_token_id",
            })
    void namesWhatIsWrongInItsNeighbours(String file, String content, String named) {
        write(file, content);

        assertRefused(file, named);
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        write("tokenizer_config.json", "{");
        assertRefused("tokenizer_config.json");

        ModelFixtures.writeTokenizer(folder);
        write("tokenizer.json", "{\"model\": {\"type\": \"Other\", \"vocab\": {}}}");
        assertRefused("tokenizer.json");

        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused("tokenizer.json", "save_pretrained");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> TextTokenizer.read(folder))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(parts);
    }

    private void write(String name, String content) {
        ModelFixtures.write(folder.resolve(name), content);
    }

    @Test
    void aCompletionEndsOnce() {
        TextTokenizer tokenizer = TextTokenizer.read(ModelFixtures.writeTokenizer(folder));

        int[] ended = tokenizer.encodeCompletion("gold");

        assertThat(ended).endsWith(tokenizer.eosId()).hasSize(tokenizer.encode("gold").length + 1);
        assertThat(tokenizer.encodeCompletion("gold<eos>")).containsExactly(ended);
        assertThat(tokenizer.encodeCompletion("gold<eos>\n")).containsExactly(ended);
    }

    /** Base models name the end of a text, and their chat templates another token as the end of a turn. */
    @Test
    void theTemplatesEndOfTurnEndsACompletion() {
        ModelFixtures.writeTokenizer(folder);
        write("chat_template.jinja", "{% for m in messages %}{{ m.role }}: {{ m.content | trim }} <pad>\n{% endfor %}");

        TextTokenizer tokenizer = TextTokenizer.read(folder);

        assertThat(tokenizer.eosId()).isEqualTo(1);
        assertThat(tokenizer.stopIds()).containsExactly(1, 0);
        assertThat(tokenizer.padId()).isEqualTo(1);
        assertThat(tokenizer.encodeCompletion("gold")).endsWith(1);
        assertThat(tokenizer.encodeCompletion("gold<pad>")).containsExactly(tokenizer.encodeCompletion("gold"));
        assertThat(tokenizer.encodeCompletion("gold<eos>")).endsWith(0);
    }

    @Test
    void theEndStaysWhereTheTemplateSaysNothingElse() {
        for (String template : List.of(
                "{% for m in messages %}{{ m.content }}\n{% endfor %}",
                "{% for m in messages %}{{ m.content + eos_token }}{% endfor %}",
                "{% for m in messages %}{% if m.role != 'user' %}{{ raise_exception('users only') }}{% endif %}{{"
                        + " m.content }}<pad>{% endfor %}")) {
            ModelFixtures.writeTokenizer(folder);
            write("chat_template.jinja", template);

            assertThat(TextTokenizer.read(folder).stopIds()).as(template).containsExactly(0);
        }
    }

    @Test
    void aTemplateIsReadWithTheModel() {
        ModelFixtures.writeTokenizer(folder);
        write("chat_template.jinja", "{% for m in messages %}\n{% speak m %}{% endfor %}");

        assertThatThrownBy(() -> TextTokenizer.read(folder))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("chat_template.jinja, line 2", "there is no tag \"speak\"");
    }

    @Test
    void knowsItsWords() {
        TextTokenizer tokenizer = TextTokenizer.read(ModelFixtures.writeTokenizer(folder));

        assertThat(tokenizer.knows("gold")).isTrue();
        assertThat(tokenizer.knows("Veramol")).isFalse();
    }
}
