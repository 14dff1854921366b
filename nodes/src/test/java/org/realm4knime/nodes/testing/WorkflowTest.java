package org.realm4knime.nodes.testing;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.nodes.schedule.InductionScheduleNodeFactory;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;

/** A test with a workflow in a folder, and with checkpoints and one thread. */
public abstract class WorkflowTest {

    private static final String CHECKPOINTS = "realm4knime.checkpoints";
    private static final String THREADS = "realm4knime.threads";

    /** The workflow's folder. */
    @TempDir
    protected Path folder;

    /** The workflow. */
    protected NodeRunner workflow;

    /** Makes tables. */
    protected ExecutionContext exec;

    @BeforeEach
    final void openWorkflow() {
        System.setProperty(CHECKPOINTS, checkpoints().toString());
        System.setProperty(THREADS, "1");
        workflow = new NodeRunner(folder);
        exec = workflow.node(new InductionScheduleNodeFactory()).exec();
    }

    @AfterEach
    final void closeWorkflow() {
        workflow.close();
        System.clearProperty(CHECKPOINTS);
        System.clearProperty(THREADS);
    }

    /** Where the training nodes keep their checkpoints. */
    protected Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Two sums, with the domains {@code test} and {@code harder}. */
    protected BufferedDataTable sums() throws CanceledExecutionException {
        return ProblemTable.SCHEMA.write(
                List.of(new Problem("p1", "2 + 3", "5", null, "test"), new Problem("p2", "4 + 4", "8", null, "harder")),
                exec);
    }

    /** A right and a wrong route to the first sum, two right ones to the second. */
    protected BufferedDataTable routes() throws CanceledExecutionException {
        return RouteTable.SCHEMA.write(
                List.of(
                        new Route("p1", "a", 0, "2 + 3 = 5", "5", 5, -0.1, null),
                        new Route("p1", "b", 0, "2 + 3 = 6", "6", 5, -0.2, null),
                        new Route("p2", "a", 0, "4 + 4 = 8", "8", 5, -0.1, null),
                        new Route("p2", "b", 0, "4 + 4 = 8", "8", 5, -0.1, null)),
                exec);
    }

    /** A rule. */
    protected BufferedDataTable rules() {
        return Tables.of(exec, List.of("id", "text"), List.of(List.of("R1", "After 30 days 0 .")));
    }
}
