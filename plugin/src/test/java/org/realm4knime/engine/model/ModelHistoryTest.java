package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;

class ModelHistoryTest {

    private static final ModelHistory.Training TRAINING =
            new ModelHistory.Training("Supervised Trainer", "tuned", "all weights", Map.of("examples", "64"));

    @TempDir
    private Path folder;

    @Test
    void aFolderIsNamedByItsPathAndOneOfTheHubsCacheByItsName() throws Exception {
        Path cached = Files.createDirectories(folder.resolve("models--org--Some-Model-1B/snapshots/0a1b2c"));
        Files.writeString(cached.resolve("README.md"), "---\nlicense: apache-2.0\nbase_model: org/first\n---\n# x");
        ModelHistory history = ModelHistory.of(cached);
        assertThat(history.readFrom()).isEqualTo("org/Some-Model-1B");
        assertThat(history.hubName()).contains("org/Some-Model-1B");
        assertThat(history.licence()).isEqualTo("apache-2.0");
        assertThat(history.originMadeFrom()).isEqualTo("org/first");

        ModelHistory plain = ModelHistory.of(folder);
        assertThat(plain.readFrom()).isEqualTo(folder.toAbsolutePath().toString());
        assertThat(plain.hubName()).isEmpty();
    }

    @Test
    void whatWasTrainedBelongsToNoFolderUntilItIsReadAgain() throws Exception {
        ModelHistory trained = ModelHistory.of(folder).with(TRAINING);
        assertThat(trained.presentWeights()).isEmpty();

        Path written = Files.createDirectory(folder.resolve("written"));
        trained.write(written);
        assertThat(ModelHistory.read(written)).isEqualTo(trained);
        ModelHistory again = ModelHistory.of(written);
        assertThat(again.presentWeights()).endsWith("written");
        assertThat(again.origin()).isEqualTo(folder.toAbsolutePath().toString());
        assertThat(again.all()).containsExactly(TRAINING);
    }

    @Test
    void whichPromptsWereTaughtStaysKnownThroughTrainingsAndFolders() throws Exception {
        ModelHistory taught = ModelHistory.of(folder)
                .withTaught(Stream.of(new int[] {1, 2, 3}))
                .with(TRAINING)
                .withTaught(Stream.of(new int[] {4}, new int[] {1, 2, 3}));
        Path written = Files.createDirectory(folder.resolve("written"));
        taught.write(written);

        TaughtPrompts known = ModelHistory.of(written).taughtPrompts();
        assertThat(known).isEqualTo(taught.taughtPrompts()).hasToString("2 taught prompts");
        assertThat(known.contains(new int[] {1, 2, 3})).isTrue();
        assertThat(known.contains(new int[] {4})).isTrue();
        assertThat(known.contains(new int[] {1, 2})).isFalse();
        assertThat(known.contains(new int[] {3, 2, 1})).isFalse();
    }

    @Test
    void fewOtherPromptsAreTakenForTaughtOnes() {
        Random random = new Random(1);
        List<int[]> prompts = Stream.generate(() -> random.ints(20, 0, 50).toArray())
                .limit(22_000)
                .toList();
        TaughtPrompts known = TaughtPrompts.NONE.with(prompts.subList(0, 2_000).stream());
        assertThat(prompts.subList(0, 2_000)).allMatch(known::contains);
        // 20,000 others at a chance of 2,000 in 2^32 each: less than one in a hundred such draws has any
        assertThat(prompts.subList(2_000, 22_000)).noneMatch(known::contains);
    }

    @Test
    void aHistoryOfAnEarlierVersionHasNoTaughtPrompts() throws Exception {
        Files.writeString(folder.resolve(ModelHistory.FILE), "{\"origin\": \"org/base\"}");
        assertThat(ModelHistory.read(folder).taughtPrompts()).isEqualTo(TaughtPrompts.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"origin\": ",
                "{\"taughtPrompts\": \"?\"}",
                "{\"taughtPrompts\": \"AAAA\"}",
                "{\"taughtPrompts\": [1]}"
            })
    void aDamagedFileSaysSo(String damaged) throws Exception {
        assertThat(ModelHistory.read(folder)).isEqualTo(ModelHistory.NONE);
        Files.writeString(folder.resolve(ModelHistory.FILE), damaged);
        assertThatThrownBy(() -> ModelHistory.read(folder))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(ModelHistory.FILE + " is damaged");
    }

    @Test
    void theCardSaysWhatIsKnownAndNoMore() throws Exception {
        Path directory = GoldenModel.directory("qwen2");
        CardText.write(folder, "tuned", directory, CardText.Form.FOLDER, "");
        assertThat(folder.resolve("README.md"))
                .content()
                .startsWith("---\nlibrary_name: transformers\npipeline_tag: text-generation\n")
                .doesNotContain("license:", "base_model:")
                .contains("No training is recorded.", "Licence of the base model: not known");

        Path model = Files.createDirectory(folder.resolve("model"));
        Files.copy(directory.resolve("config.json"), model.resolve("config.json"));
        new ModelHistory("org/base", "org/base", "mit", "", List.of(), List.of(TRAINING), TaughtPrompts.NONE)
                .write(model);
        CardText.write(folder, "Tuned One", model, CardText.Form.GGUF, "Tuned-One-F16.gguf");
        assertThat(folder.resolve("README.md"))
                .content()
                .contains("base_model: org/base\nlicense: mit\n", "library_name: gguf")
                .contains(
                        "1. Supervised Trainer, which gave the model tuned; trained: all weights\n   - examples: 64\n")
                .contains("llama-server -m Tuned-One-F16.gguf", "ollama create tuned-one -f Modelfile")
                .contains("QUESTION");
    }
}
