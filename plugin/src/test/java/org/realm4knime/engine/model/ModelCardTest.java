package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {

    private static final Path MODEL = Path.of("../examples/quickstart/data/models/base");

    @TempDir
    private Path origin;

    @Test
    void theCardIsReadFromTheModelsFiles() {
        ModelCard card = ModelCard.read(MODEL, MODEL);

        assertThat(card.config().layers()).isEqualTo(4);
        assertThat(card.precisions()).containsExactly("BF16");
        assertThat(card.weightBytes()).isEqualTo(2 * card.config().parameterCount());
        assertThat(card.tokens()).isEqualTo(card.config().vocabSize());
        assertThat(card.chatTemplate()).isFalse();
        assertThat(card.prompt()).isEqualTo(PromptFormat.compact());
        assertThat(card.ownPrompt()).isTrue();
        assertThat(card.licence()).isEmpty();
        assertThat(card.baseModel()).isEmpty();
    }

    @Test
    void licenceAndBaseModelAreInTheFrontMatter() throws IOException {
        readme("---\nlanguage:\n- en\nlicense: \"apache-2.0\" # see LICENSE\nbase_model:\n"
                + "  - org/base\n  - org/other\n---\n# Model\n");

        assertThat(ModelCard.read(MODEL, origin).licence()).contains("apache-2.0");
        assertThat(ModelCard.read(MODEL, origin).baseModel()).contains("org/base");
    }

    @Test
    void whatTheReadmeSaysElsewhereIsNotTaken() throws IOException {
        readme("# Model\n\n---\nlicense: mit\n---\n");

        assertThat(ModelCard.read(MODEL, origin).licence()).isEmpty();
    }

    private void readme(String text) throws IOException {
        Files.writeString(origin.resolve("README.md"), text);
    }
}
