package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.headless.workflow.WorkflowReader;

/** How the examples look on KNIME's canvas. */
class ExampleLayoutTest {

    private static final Path EXAMPLES = Path.of("../../examples");

    /** From a node's corner to the ends of its name and of the text under it, in pixels. */
    private static final Rectangle AROUND = new Rectangle(-30, -40, 130, 110);

    @ParameterizedTest
    @ValueSource(strings = {"own-domain", "evaluate-only", "labels", "real-model", "gsm8k"})
    void annotationsEncloseTheirNodes(String example) throws Exception {
        Workflow workflow = WorkflowReader.read(EXAMPLES.resolve(example));
        Map<String, Rectangle> notes = annotations(workflow.settings());

        for (WorkflowNode node : workflow.nodes()) {
            int[] bounds = node.entry().getNodeSettings("ui_settings").getIntArray("extrainfo.node.bounds");
            Rectangle whole = new Rectangle(AROUND);
            whole.translate(bounds[0], bounds[1]);
            List<Rectangle> touched =
                    notes.values().stream().filter(whole::intersects).toList();
            assertThat(touched).as(node.displayName()).hasSize(1);
            assertThat(touched.get(0).contains(whole))
                    .as("%s at %s lies within %s", node.displayName(), whole, touched)
                    .isTrue();
            assertThat(node.settings().getString("customDescription"))
                    .as("what %s is for", node.displayName())
                    .isNotBlank();
        }
    }

    private static Map<String, Rectangle> annotations(NodeSettings workflow) throws InvalidSettingsException {
        NodeSettings notes = workflow.getNodeSettings("annotations");
        Map<String, Rectangle> places = new TreeMap<>();
        for (String key : notes.keySet()) {
            NodeSettings note = notes.getNodeSettings(key);
            places.put(
                    note.getString("text"),
                    new Rectangle(
                            note.getInt("x-coordinate"),
                            note.getInt("y-coordinate"),
                            note.getInt("width"),
                            note.getInt("height")));
        }
        return places;
    }
}
