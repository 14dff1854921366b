package org.realm4knime.nodes.modelreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeFactory;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LocalModel;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;

class LanguageModelReaderTest {

    @TempDir
    Path folder;

    @Test
    void aNewModelHasTheShapeOfTheSettings() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            LanguageModelPortObject object = Models.untrained(workflow, "small", 7);
            LocalModel description = (LocalModel) object.getSpec().description();
            assertThat(description.name()).isEqualTo("small");
            assertThat(description.architecture()).isEqualTo("llama");
            assertThat(description.files()).contains("files");
            try (LanguageModel model = Progress.unwatched(object::open)) {
                assertThat(model.config().layers()).isEqualTo(1);
                assertThat(model.config().hiddenSize()).isEqualTo(16);
                assertThat(description.parameterCount())
                        .isEqualTo(model.config().parameterCount());
                assertThat(description.vocabularySize())
                        .isEqualTo(model.tokenizer().vocabSize());
            }
        }
    }

    @Test
    void theViewIsTheModelsCard() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            Path model = Path.of("../examples/quickstart/data/models/base").toAbsolutePath();
            NodeRunner.Instance reader = workflow.node(new LanguageModelReaderNodeFactory())
                    .set("name", "desk")
                    .set("path", model.toString());
            reader.result();

            assertThat(reader.viewData())
                    .contains("\"desk\"", "\"llama\"", "\"BF16\"", "\"512 tokens\"", "\"not stated\"");
        }
    }

    @Test
    void theSameSeedMakesTheSameModel() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            assertThat(Models.untrained(workflow, "a", 7).digest())
                    .isEqualTo(Models.untrained(workflow, "b", 7).digest())
                    .isNotEqualTo(Models.untrained(workflow, "a", 8).digest());
        }
    }

    @Test
    void aFolderIsReadRelativeToTheWorkflow() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            LanguageModelPortObject original = Models.untrained(workflow, "a", 7);
            assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                            .set("path", folder.resolve("data/model").toString())
                            .run(original))
                    .isTrue();
            LanguageModelPortObject read = workflow.node(new LanguageModelReaderNodeFactory())
                    .set("name", "copy")
                    .set("path", "data/model")
                    .result();
            assertThat(read.digest()).isEqualTo(original.digest());
            assertThat(read.getSummary()).startsWith("copy: llama");
        }
    }

    @Test
    void aMissingFolderIsNamedAtConfigure() throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            NodeRunner.Instance reader =
                    workflow.node(new LanguageModelReaderNodeFactory()).set("path", "nowhere");
            assertThat(reader.configure()).isFalse();
            assertThat(reader.message()).contains("'nowhere' does not exist").contains("Model folder");
        }
    }

    @Test
    void aFolderWithoutAModelFails() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        try (NodeRunner workflow = new NodeRunner(folder)) {
            NodeRunner.Instance reader =
                    workflow.node(new LanguageModelReaderNodeFactory()).set("path", "empty");
            assertThat(reader.run()).isFalse();
            assertThat(reader.message()).contains("config.json");
        }
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            assertThatThrownBy(() -> workflow.node(new LanguageModelReaderNodeFactory())
                            .set("source", "NEW")
                            .set("tokenizer", Models.TOKENIZER)
                            .set("hiddenSize", 30)
                            .set("heads", 4)
                            .configure())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("Hidden size 30 divided by 4 attention heads");
        }
    }
}
