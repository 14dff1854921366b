package org.realm4knime.headless.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.realm4knime.headless.node.LiveWorkflow;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.node.WorkflowAuthor;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowSpec;
import org.realm4knime.headless.workflow.WorkflowWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a workflow from a short description. */
@Command(
        name = "new",
        description =
                "Write a workflow from a short description in JSON: nodes, settings that differ from the defaults,"
                        + " connections. examples/specs holds some.")
final class NewCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SPEC", description = "A JSON file.")
    private Path spec;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The folder to write; of what it holds only nodes go.")
    private Path target;

    @Override
    public Integer call() throws Exception {
        Path folder = target.toAbsolutePath().normalize();
        NodeRegistry registry = NodeRegistry.fromClassPath();
        Workflow workflow =
                new WorkflowAuthor(registry).write(folder.getFileName().toString(), WorkflowSpec.read(spec));
        LiveWorkflow.create(workflow, registry); // refuses values and connections that do not fit
        WorkflowWriter.replace(workflow, folder);
        System.out.println("saved " + target);
        return ExitCode.DONE;
    }
}
