package org.realm4knime.nodes.modelwriter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.modelreader.LanguageModelReaderNodeFactory;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.WorkflowTest;

class LanguageModelWriterTest extends WorkflowTest {

    @AfterEach
    void clearProperty() {
        System.clearProperty(WorkflowPath.OUTPUT_PROPERTY);
    }

    @Test
    void theFolderIsAHuggingFaceDirectory() throws Exception {
        LanguageModelPortObject model = Models.untrained(workflow, "base", 1);
        Path target = folder.resolve("out");
        System.setProperty(WorkflowPath.OUTPUT_PROPERTY, target.toString());
        assertThat(workflow.node(new LanguageModelWriterNodeFactory()).run(model))
                .isTrue();
        assertThat(target.resolve("model").toFile().list())
                .contains("config.json", "model.safetensors", "tokenizer.json", "realm_prompt.json");
        try (LanguageModel read = LanguageModel.read(target.resolve("model"))) {
            assertThat(read.config().hiddenSize()).isEqualTo(16);
        }
    }

    @Test
    void filesAreOverwrittenOnlyWhenAsked() throws Exception {
        LanguageModelPortObject model = Models.untrained(workflow, "base", 1);
        Path target = Files.createDirectory(folder.resolve("model"));
        Files.writeString(target.resolve("model-00001-of-00002.safetensors"), "old weights");
        NodeRunner.Instance careful = workflow.node(new LanguageModelWriterNodeFactory());
        assertThat(careful.run(model)).isFalse();
        assertThat(careful.message()).contains("already has files").contains("Overwrite");
        assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                        .set("ifExists", "OVERWRITE")
                        .run(model))
                .isTrue();
        assertThat(target.toFile().list())
                .contains("model.safetensors")
                .doesNotContain("model-00001-of-00002.safetensors");
    }

    /** What lies there, the run that is gone on with has written. */
    @Test
    void aRunThatGoesOnWritesItsOwnFolderAgain() throws Exception {
        LanguageModelPortObject model = Models.untrained(workflow, "base", 1);
        System.setProperty(WorkflowPath.OUTPUT_PROPERTY, folder.toString());
        try {
            assertThat(workflow.node(new LanguageModelWriterNodeFactory()).run(model))
                    .isTrue();
            assertThat(workflow.node(new LanguageModelWriterNodeFactory()).run(model))
                    .isFalse();
            System.setProperty(WorkflowPath.RESUMED_PROPERTY, "true");
            assertThat(workflow.node(new LanguageModelWriterNodeFactory()).run(model))
                    .isTrue();
            assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                            .set("path", folder.resolve("model").toString())
                            .run(model))
                    .as("a path of the user's own")
                    .isFalse();
        } finally {
            System.clearProperty(WorkflowPath.OUTPUT_PROPERTY);
            System.clearProperty(WorkflowPath.RESUMED_PROPERTY);
        }
    }

    @Test
    void weightsCanBeWrittenInHalfTheSize() throws Exception {
        LanguageModelPortObject model = Models.untrained(workflow, "base", 1);
        assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                        .set("path", "full")
                        .run(model))
                .isTrue();
        assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                        .set("path", "half")
                        .set("precision", "BFLOAT16")
                        .run(model))
                .isTrue();
        long full = Files.size(folder.resolve("full/model.safetensors"));
        assertThat(Files.size(folder.resolve("half/model.safetensors"))).isBetween(full / 2 - 4096, full / 2 + 4096);
    }

    @Test
    void aGgufFileComesWithAModelfileAndACard() throws Exception {
        Path source = Path.of("../plugin/src/test/resources/golden/models/qwen2")
                .toAbsolutePath()
                .normalize();
        LanguageModelPortObject model = workflow.node(new LanguageModelReaderNodeFactory())
                .set("path", source.toString())
                .set("name", "small one")
                .result();
        assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                        .set("format", "GGUF")
                        .set("ggufWeights", "Q8_0")
                        .run(model))
                .isTrue();
        assertThat(folder.resolve("model").toFile().list())
                .containsExactlyInAnyOrder("small-one-Q8_0.gguf", "Modelfile", "README.md");
        assertThat(folder.resolve("model/README.md"))
                .content()
                .contains("read from the folder qwen2", "llama-server -m small-one-Q8_0.gguf")
                .doesNotContain(source.getParent().toString());
    }

    @Test
    void wordsCannotBeWrittenAsGguf() throws Exception {
        NodeRunner.Instance writer =
                workflow.node(new LanguageModelWriterNodeFactory()).set("format", "GGUF");
        assertThat(writer.run(Models.untrained(workflow, "base", 1))).isFalse();
        assertThat(writer.message()).contains("knows whole words").contains("byte pairs (BPE)");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void theAdapterNamesTheFolderOfItsBase() throws Exception {
        assertThat(workflow.node(new LanguageModelWriterNodeFactory())
                        .set("path", "base")
                        .run(Models.untrained(workflow, "base", 1)))
                .isTrue();
        LanguageModelPortObject base = workflow.node(new LanguageModelReaderNodeFactory())
                .set("path", "base")
                .set("name", "display name")
                .result();
        try (LanguageModel model = Progress.unwatched(base::open)) {
            model.startAdapter(LoraSettings.of(2, 4), 1);
            model.writeAdapter(folder.resolve("peft"));
        }
        assertThat(folder.resolve("peft/adapter_config.json"))
                .content()
                .contains("\"base_model_name_or_path\": \""
                        + folder.resolve("base").toAbsolutePath())
                .doesNotContain("display name");
    }
}
