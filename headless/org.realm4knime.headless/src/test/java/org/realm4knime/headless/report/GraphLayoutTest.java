package org.realm4knime.headless.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.headless.report.GraphLayout.Box;
import org.realm4knime.headless.workflow.SampleWorkflow;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.headless.workflow.WorkflowReader;

class GraphLayoutTest {

    @TempDir
    private Path temp;

    private Workflow workflow;

    @BeforeEach
    void read() throws Exception {
        workflow = WorkflowReader.read(SampleWorkflow.copy("tables", temp).folder());
    }

    private void place(WorkflowNode node, int x, int y) throws Exception {
        node.entry().getNodeSettings("ui_settings").addIntArray("extrainfo.node.bounds", x, y, -1, -1);
    }

    private static void assertNoOverlap(List<Box> boxes) {
        for (Box a : boxes) {
            for (Box b : boxes) {
                assertThat(a == b
                                || a.x() + a.width() <= b.x()
                                || b.x() + b.width() <= a.x()
                                || a.y() + a.height() <= b.y()
                                || b.y() + b.height() <= a.y())
                        .as("%s and %s are apart", a, b)
                        .isTrue();
            }
        }
    }

    @Test
    void keepsTheOrderOfTheCanvasAndSpreadsIt() {
        GraphLayout layout = GraphLayout.of(workflow);

        assertNoOverlap(layout.boxes());
        assertThat(layout.boxes()).extracting(Box::x).isSorted();
        assertThat(layout.boxes())
                .extracting(Box::y)
                .containsOnly(layout.boxes().get(0).y());
        assertThat(layout.lines()).hasSize(2);
        assertThat(layout.boxes()).allSatisfy(box -> {
            assertThat(box.x()).isNotNegative();
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(layout.width());
            assertThat(box.y() + box.height()).isLessThanOrEqualTo(layout.height());
        });
    }

    @Test
    void drawsColumnsIfAllNodesAreInOnePlace() throws Exception {
        for (WorkflowNode node : workflow.nodes()) {
            place(node, 40, 40);
        }

        List<Box> boxes = GraphLayout.of(workflow).boxes();

        assertNoOverlap(boxes);
        assertThat(boxes).extracting(Box::x).isSorted();
    }
}
