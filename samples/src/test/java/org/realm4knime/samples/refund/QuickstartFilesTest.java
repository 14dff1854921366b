package org.realm4knime.samples.refund;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.samples.domain.WordTokenizer;

/**
 * The examples ship what the generator makes. If this fails, run {@link QuickstartFiles} on the folder of the examples.
 */
class QuickstartFilesTest {

    private static final Path EXAMPLES = Path.of("../examples");

    @TempDir
    private Path made;

    @ParameterizedTest
    @ValueSource(strings = {"train.jsonl", "test.jsonl", "harder.jsonl", "rules.jsonl"})
    void quickstartShipsWhatTheGeneratorMakes(String file) throws IOException {
        QuickstartFiles.writeProblems(made);
        assertThat(EXAMPLES.resolve("quickstart/data").resolve(file)).hasSameTextualContentAs(made.resolve(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"})
    void tinyModelsShipTheTokenizerThatTheGeneratorMakes(String file) throws IOException {
        WordTokenizer.write(made, QuickstartFiles.vocabularyTexts());
        assertThat(EXAMPLES.resolve("build-tiny-models/data/tokenizer").resolve(file))
                .hasSameTextualContentAs(made.resolve(file));
    }

    @Test
    void tinyModelsShipTheCompactPromptFormat() throws IOException {
        QuickstartFiles.writePromptFormat(made);
        Path shipped = EXAMPLES.resolve("build-tiny-models/data/tokenizer");
        assertThat(shipped.resolve("realm_prompt.json")).hasSameTextualContentAs(made.resolve("realm_prompt.json"));
        assertThat(PromptFormat.read(shipped)).isEqualTo(PromptFormat.compact());
    }

    @Test
    void linesAreJsonRecordsOneProblemEach() throws IOException {
        QuickstartFiles.writeProblems(made);
        assertThat(Files.readAllLines(made.resolve("train.jsonl"))).hasSize(400).allSatisfy(line -> assertThat(line)
                .matches("\\{\"id\":\"train-\\d{4}\",.*\"domain\":\"train\"}"));
    }
}
