package org.realm4knime.headless.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.workflow.SettingsTree;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowSpec;
import org.realm4knime.headless.workflow.WorkflowSpec.NodeSpec;
import org.realm4knime.headless.workflow.WorkflowWriter;
import org.realm4knime.standin.node.ParametersStore;

/**
 * Settings and ports that earlier versions saved: each that the examples have had since the first version with nodes.
 * KNIME takes the defaults for settings that it cannot load, and tells nobody: so none may lack a migration, and no
 * constant of a choice may go. Where a node gets a setting, the examples of the version before are to be added here.
 */
class SavedSettingsTest {

    private static final Path SAVED = Path.of("src/test/resources/settings");
    /** The Multi-Route Rollout's, which is in a group since the other nodes have it too; the first one is not read. */
    private static final Set<String> MOVED = Set.of("topP");

    private static final NodeRegistry REGISTRY = NodeRegistry.fromClassPath();

    @TempDir
    private Path temp;

    static Stream<Path> saved() throws Exception {
        try (Stream<Path> files = Files.list(SAVED)) {
            return files.sorted().toList().stream();
        }
    }

    private NodeInstance load(Path file) throws Exception {
        NodeSettings saved;
        try (InputStream in = Files.newInputStream(file)) {
            saved = (NodeSettings) NodeSettings.loadFromXML(in);
        }
        NodeSpec node = new NodeSpec(1, saved.getString("factory"), null, null, 0, 0, Map.of(), Map.of());
        Workflow workflow =
                new WorkflowAuthor(REGISTRY).write("old", new WorkflowSpec(null, List.of(node), List.of(), List.of()));
        WorkflowWriter.replace(workflow, temp.resolve("old"));
        NodeSettings settings = workflow.node(1).settings();
        for (String part : List.of("model", "node_creation_config")) {
            if (saved.containsKey(part)) {
                settings.addNodeSettings(saved.getNodeSettings(part));
            }
        }
        return LiveWorkflow.create(workflow, REGISTRY).node(1);
    }

    @ParameterizedTest
    @MethodSource("saved")
    void everyVersionsSettingsLoadAndKeepTheirValues(Path file) throws Exception {
        NodeInstance node = load(file);

        NodeSettings old = node.saved().parameters();
        NodeSettings now = new NodeSettings("model");
        ParametersStore.save(
                ParametersStore.load(
                        REGISTRY.definition(node.saved().factory()).parameters().orElseThrow(), old),
                now);
        List<String> kept = SettingsTree.leaves(old).stream()
                .filter(key -> !MOVED.contains(key))
                .toList();
        assertThat(kept).isNotEmpty().allSatisfy(key -> {
            assertThat(SettingsTree.contains(now, key)).as(key).isTrue();
            assertThat(SettingsTree.get(now, key)).as(key).isEqualTo(SettingsTree.get(old, key));
        });
    }

    @Test
    void anEvaluatorKeepsTheNumbersOfItsPorts() throws Exception {
        // three models, problems and routes, from when the first model was not a port of its own
        NodeInstance node = load(SAVED.resolve("BenchmarkEvaluator-1.xml"));

        assertThat(IntStream.rangeClosed(1, node.inputs())
                        .mapToObj(port -> node.inputType(port).equals(BufferedDataTable.TYPE)))
                .containsExactly(false, false, false, true, true);
    }

    @Test
    void aRolloutKeepsTheNumbersOfItsPorts() throws Exception {
        NodeInstance node = load(SAVED.resolve("MultiRouteRollout-1.xml"));

        assertThat(IntStream.rangeClosed(1, node.inputs())
                        .mapToObj(port -> node.inputType(port).equals(BufferedDataTable.TYPE)))
                .containsExactly(true, false, false, false);
    }
}
