package org.realm4knime.headless.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.AbstractConfigEntry;

class WorkflowWriterTest {

    /** What tells of results; everything else must survive. */
    private static final Set<String> RESULTS = Set.of(
            "state",
            "hasContent",
            "nodecontainer_message",
            "port_spec_class",
            "port_object_class",
            "port_object_summary",
            "port_spec_location",
            "port_object_location",
            "port_dir_location",
            "file_store_id");

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"tables", "port-object"})
    void keepsEverythingButResults(String name) throws Exception {
        Workflow original = WorkflowReader.read(SampleWorkflow.copy(name, temp).folder());

        WorkflowWriter.write(original, temp.resolve("saved"));

        Workflow saved = WorkflowReader.read(temp.resolve("saved"));
        assertThat(flat(saved.settings())).isEqualTo(flat(original.settings()));
        for (WorkflowNode node : original.nodes()) {
            assertThat(flat(saved.node(node.id()).settings())).isEqualTo(flat(node.settings()));
            assertThat(saved.node(node.id()).settings().getString("state")).isEqualTo("CONFIGURED");
            assertThat(saved.node(node.id()).settings().getBoolean("hasContent"))
                    .isFalse();
            assertThat(saved.folder().resolve(node.displayName()).resolve("port_1"))
                    .doesNotExist();
        }
        assertThat(saved.folder().resolve("workflow-metadata.xml"))
                .hasSameBinaryContentAs(original.folder().resolve("workflow-metadata.xml"));
    }

    /** Path, type and value of every setting that does not tell of results. */
    private static Map<String, String> flat(NodeSettings settings) {
        Map<String, String> result = new TreeMap<>();
        flatten(settings, "", result);
        return result;
    }

    private static void flatten(NodeSettings settings, String path, Map<String, String> result) {
        for (String key : settings.keySet()) {
            AbstractConfigEntry entry = settings.getEntry(key);
            if (RESULTS.contains(key)) {
                continue;
            }
            if (entry instanceof NodeSettings group) {
                result.put(path + key + "/", "");
                flatten(group, path + key + "/", result);
            } else {
                result.put(path + key, entry.getType() + " " + entry.toStringValue());
            }
        }
    }

    @Test
    void keepsTheDataAreaAndOverrides() throws Exception {
        SampleWorkflow sample = SampleWorkflow.copy("tables", temp);
        Files.createDirectories(sample.folder().resolve("data"));
        Files.writeString(sample.folder().resolve("data/train.jsonl"), "{}");
        Workflow workflow = WorkflowReader.read(sample.folder());
        SettingOverride.parse("Modern Source/rowCount=12", workflow).apply(workflow);

        WorkflowWriter.write(workflow, temp.resolve("saved"));

        assertThat(temp.resolve("saved/data/train.jsonl")).hasContent("{}");
        assertThat(WorkflowReader.read(temp.resolve("saved"))
                        .node(1)
                        .parameters()
                        .getInt("rowCount"))
                .isEqualTo(12);
    }

    @Test
    void doesNotOverwrite() throws Exception {
        Workflow workflow =
                WorkflowReader.read(SampleWorkflow.copy("tables", temp).folder());

        assertThatThrownBy(() -> WorkflowWriter.write(workflow, workflow.folder()))
                .isInstanceOf(WorkflowException.class)
                .hasMessageContaining("exists already");
    }
}
