package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;

class UnknownWordsTest {

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void model() {
        model = ModelFixtures.model(ModelFixtures.configs().get("llama"), folder, 1);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Optional<String> warning(LanguageModel model, String what, Stream<String> texts) {
        return Progress.unwatched(progress -> UnknownWords.warning(model, what, texts, progress));
    }

    @Test
    void saysHowManyWhichAndWhatToDo() {
        Stream<String> texts =
                Stream.of("a laptop priced 2 kg, kg Veramol", "a laptop a laptop a laptop a laptop priced");

        assertThat(warning(model, "training examples", texts))
                .get()
                .asString()
                .startsWith("19 % of the words of the training examples, such as 'kg', 'Veramol', are unknown to the"
                        + " tokenizer")
                .contains("one and the same token", "Language Model Reader");
    }

    @Test
    void isSilentAboutKnownWordsAndSlips() {
        assertThat(warning(model, "problems", Stream.of("a laptop priced 12", "")))
                .isEmpty();
        assertThat(warning(model, "problems", Stream.empty())).isEmpty();
        Stream<String> oneIn200 = Stream.concat(Collections.nCopies(199, "laptop").stream(), Stream.of("latpop"));
        assertThat(warning(model, "problems", oneIn200)).isEmpty();
    }
}
