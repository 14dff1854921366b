package org.realm4knime.nodes.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.LoraTarget;
import org.realm4knime.nodes.modelreader.LanguageModelReaderNodeFactory;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeFactory;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

/** LoRA from the trainer's settings to the files of the writer, and back through the reader. */
class LoraNodesTest extends WorkflowTest {

    private BufferedDataTable examples() {
        return Tables.of(
                exec, List.of("prompt", "completion"), List.of(List.of("2 + 3 :", "= 5"), List.of("4 + 4 :", "= 8")));
    }

    private NodeRunner.Instance trainer() {
        return workflow.node(new SupervisedTrainerNodeFactory(), Map.of())
                .set("examples/weight_is_present", false)
                .set("steps", 3)
                .set("batchSize", 2)
                .set("learningRate", 0.01)
                .set("lora/trained", "LORA")
                .set("lora/rank", 2);
    }

    private NodeRunner.Instance writer(String path) {
        return workflow.node(new LanguageModelWriterNodeFactory()).set("path", path);
    }

    @Test
    void theAdapterTravelsWithTheModelAndCanBeWrittenByItself() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        LanguageModelPortObject tuned =
                trainer().set("lora/projections", "ATTENTION").result(base, examples());
        assertThat(writer("base").run(base)).isTrue();
        assertThat(writer("merged").run(tuned)).isTrue();
        assertThat(writer("peft").set("content", "ADAPTER").run(tuned)).isTrue();
        assertThat(folder.resolve("peft").toFile().list())
                .containsExactlyInAnyOrder("adapter_config.json", "adapter_model.safetensors", "README.md");

        LanguageModelPortObject applied = workflow.node(new LanguageModelReaderNodeFactory())
                .set("path", "base")
                .set("adapter", "peft")
                .result();
        assertThat(writer("again").run(applied)).isTrue();
        try (LanguageModel trained = Progress.unwatched(tuned::open);
                LanguageModel merged = LanguageModel.read(folder.resolve("merged"))) {
            LoraAdapter adapter = trained.adapter().orElseThrow();
            assertThat(adapter.settings().rank()).isEqualTo(2);
            assertThat(adapter.settings().targets())
                    .containsExactly(LoraTarget.Q_PROJ, LoraTarget.K_PROJ, LoraTarget.V_PROJ, LoraTarget.O_PROJ);
            assertThat(adapter.baseModel())
                    .as("a model that is nowhere but here")
                    .isEmpty();
            assertThat(merged.adapter()).isPresent();
        }
        for (String file : List.of("model.safetensors", "adapter/adapter_model.safetensors", "config.json")) {
            assertThat(Files.readAllBytes(folder.resolve("again").resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(folder.resolve("merged").resolve(file)));
        }
        assertThat(folder.resolve("merged/model.safetensors")).isRegularFile().satisfies(f -> assertThat(
                        Files.readAllBytes(f))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("base/model.safetensors"))));
    }

    @Test
    void aModelWithoutAdapterSaysSo() throws Exception {
        NodeRunner.Instance writer = writer("peft").set("content", "ADAPTER");
        assertThat(writer.run(Models.untrained(workflow, "base", 1))).isFalse();
        assertThat(writer.message())
                .contains("The model base has no LoRA adapter")
                .contains("Write the merged model");
    }

    @Test
    void anAdapterThatIsNotThereIsNamed() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        assertThat(writer("base").run(base)).isTrue();
        NodeRunner.Instance missing = workflow.node(new LanguageModelReaderNodeFactory())
                .set("path", "base")
                .set("adapter", "nowhere");
        assertThat(missing.run()).isFalse();
        assertThat(missing.message()).contains("Adapter folder").contains("nowhere");
        NodeRunner.Instance none = workflow.node(new LanguageModelReaderNodeFactory())
                .set("path", "base")
                .set("adapter", "base");
        assertThat(none.run()).isFalse();
        assertThat(none.message()).contains("adapter_config.json is missing");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> trainer().set("lora/rank", 0).configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("LoRA rank is 0");
        assertThatThrownBy(() -> trainer()
                        .set("lora/projections", "CHOSEN")
                        .set("lora/names", "q_proj, lm_head")
                        .configure())
                .hasMessageContaining("there is no lm_head")
                .hasMessageContaining("down_proj");
        assertThatThrownBy(() -> trainer()
                        .set("lora/projections", "CHOSEN")
                        .set("lora/names", " ")
                        .configure())
                .hasMessageContaining("The set of LoRA targets is empty");
    }

    /** Workflows that were saved before there was LoRA lack its settings, as does the example. */
    @Test
    void settingsThatAreNotThereMeanAllWeights() throws Exception {
        NodeRunner.Instance trainer = workflow.node(new SupervisedTrainerNodeFactory(), Map.of())
                .set("examples/weight_is_present", false)
                .set("steps", 1)
                .without("lora");
        LanguageModelPortObject tuned = trainer.result(Models.untrained(workflow, "base", 1), examples());
        try (LanguageModel model = Progress.unwatched(tuned::open)) {
            assertThat(model.adapter()).isEmpty();
        }
        assertThat(writer("model").without("content").run(tuned)).isTrue();
        assertThat(workflow.node(new LanguageModelReaderNodeFactory())
                        .set("path", Path.of("model").toString())
                        .without("adapter")
                        .run())
                .isTrue();
    }
}
