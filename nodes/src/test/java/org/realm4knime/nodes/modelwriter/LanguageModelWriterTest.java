package org.realm4knime.nodes.modelwriter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.nodes.job.WorkflowPath;
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
}
