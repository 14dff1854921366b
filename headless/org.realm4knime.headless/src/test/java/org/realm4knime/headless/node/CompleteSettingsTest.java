package org.realm4knime.headless.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.catalog.NodeCatalog;
import org.realm4knime.headless.catalog.NodeInfo;
import org.realm4knime.headless.catalog.ParameterInfo;
import org.realm4knime.headless.workflow.SettingsTree;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowSpec;
import org.realm4knime.headless.workflow.WorkflowSpec.NodeSpec;
import org.realm4knime.headless.workflow.WorkflowWriter;

/** Every setting that the documentation lists can be set, also in workflows from before it existed. */
class CompleteSettingsTest {

    private static final NodeRegistry REGISTRY = NodeRegistry.fromClassPath();

    @TempDir
    private Path temp;

    static Stream<NodeRegistry.Contribution> allNodes() {
        return REGISTRY.contributions().stream();
    }

    /** The node as it may have been saved by an early version, which knew none of its settings. */
    private Workflow old(String factory) throws Exception {
        NodeSpec node = new NodeSpec(1, factory, null, null, 0, 0, Map.of(), Map.of());
        Workflow workflow =
                new WorkflowAuthor(REGISTRY).write("old", new WorkflowSpec(null, List.of(node), List.of(), List.of()));
        workflow.node(1).settings().addNodeSettings(new NodeSettings("model"));
        WorkflowWriter.replace(workflow, temp.resolve("old"));
        return workflow;
    }

    @ParameterizedTest
    @MethodSource("allNodes")
    void everyDocumentedSettingCanBeSet(NodeRegistry.Contribution node) throws Exception {
        old(node.factory());
        NodeInfo info = NodeCatalog.of(REGISTRY).stream()
                .filter(i -> i.factory().equals(node.factory()))
                .findFirst()
                .orElseThrow();
        NodeSettings defaults = REGISTRY.definition(node.factory()).defaultParameters();
        List<String> overrides = new ArrayList<>();
        for (ParameterInfo parameter : info.parameters()) {
            overrides.add(
                    "%s/%s=%s".formatted(info.name(), parameter.key(), SettingsTree.get(defaults, parameter.key())));
        }

        Workflow read = CompleteSettings.read(temp.resolve("old"), REGISTRY, overrides);

        assertThat(SettingsTree.leaves(read.node(1).parameters())).isEqualTo(SettingsTree.leaves(defaults));
        assertThat(LiveWorkflow.create(read, REGISTRY).nodes()).hasSize(1);
    }

    @Test
    void whatTheWorkflowSaysStays() throws Exception {
        Workflow old = old("org.realm4knime.headless.toy.NumbersNodeFactory");
        old.node(1).parameters().addInt("count", 7);
        old.node(1).parameters().addString("of a later version", "kept");
        WorkflowWriter.replace(old, temp.resolve("old"));

        NodeSettings read = CompleteSettings.read(temp.resolve("old"), REGISTRY, List.of())
                .node(1)
                .parameters();

        assertThat(read.getInt("count")).isEqualTo(7);
        assertThat(read.getString("of a later version")).isEqualTo("kept");
        assertThat(read.getString("spelling")).isEqualTo("PLAIN");
    }

    /** The examples are written from short descriptions; if a node gets a setting, they have to be written again. */
    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreWhatTheirDescriptionsSay(Path spec) throws Exception {
        String name = spec.getFileName().toString().replace(".json", "");
        Path example = spec.getParent().resolveSibling(name);
        Path written = temp.resolve(name);

        WorkflowWriter.replace(new WorkflowAuthor(REGISTRY).write(name, WorkflowSpec.read(spec)), written);

        try (Stream<Path> files = Files.walk(written)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path shipped = example.resolve(written.relativize(file).toString());
                assertThat(text(shipped))
                        .as("./realm new examples/specs/%s.json examples/%s writes it again", name, name)
                        .isEqualTo(text(file));
            }
        }
        assertThat(workflowFiles(example))
                .as("nothing of a workflow that was there before")
                .isEqualTo(workflowFiles(written));
    }

    @Test
    void everyExampleHasADescription() throws Exception {
        try (Stream<Path> folders = Files.list(Path.of("../../examples"))) {
            assertThat(folders.filter(folder -> Files.exists(folder.resolve("workflow.knime")))
                            .map(folder -> folder.getFileName() + ".json"))
                    .containsExactlyInAnyOrderElementsOf(examples()
                            .map(spec -> spec.getFileName().toString())
                            .toList());
        }
    }

    /** What KNIME writes; the data and README are ours. */
    private static Set<String> workflowFiles(Path workflow) throws Exception {
        try (Stream<Path> files = Files.walk(workflow, 2)) {
            return files.map(file -> workflow.relativize(file).toString())
                    .filter(file -> file.matches(".*(settings\\.xml|workflow\\.knime|workflow-metadata\\.xml)"))
                    .collect(Collectors.toSet());
        }
    }

    static Stream<Path> examples() throws Exception {
        try (Stream<Path> specs = Files.list(Path.of("../../examples/specs"))) {
            return specs.toList().stream();
        }
    }

    /** Without the time at which it was written. */
    private static String text(Path file) throws Exception {
        return Files.readString(file).replaceAll("<last-modified>.*</last-modified>", "");
    }
}
