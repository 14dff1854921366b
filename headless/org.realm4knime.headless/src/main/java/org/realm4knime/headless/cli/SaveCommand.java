package org.realm4knime.headless.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.realm4knime.headless.node.CompleteSettings;
import org.realm4knime.headless.node.LiveWorkflow;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.workflow.ArchiveWriter;
import org.realm4knime.headless.workflow.FolderTree;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowArchive;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads a workflow and saves it. */
@Command(
        name = "save",
        description = "Load a workflow, change settings if --set says so, and save it as KNIME does: with all settings,"
                + " without results.")
final class SaveCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "WORKFLOW", description = "A workflow folder or a .knwf file.")
    private Path workflow;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description =
                    "The folder to write, or a .knwf file, which KNIME imports with all that is in it; it must not"
                            + " exist yet.")
    private Path target;

    @Option(names = "--set", paramLabel = "NODE/KEY=VALUE", description = "Change a setting; see \"realm run --help\".")
    private List<String> overrides = List.of();

    @Override
    public Integer call() throws Exception {
        try (WorkflowArchive archive = WorkflowArchive.open(workflow)) {
            NodeRegistry registry = NodeRegistry.fromClassPath();
            Workflow loaded = CompleteSettings.read(archive.folder(), registry, overrides);
            LiveWorkflow.create(loaded, registry);
            write(loaded);
        }
        System.out.println("saved " + target);
        return ExitCode.DONE;
    }

    private void write(Workflow loaded) throws WorkflowException, IOException {
        Path last = target.toAbsolutePath().normalize().getFileName();
        String file = last == null ? "" : last.toString();
        if (file.equals(ArchiveWriter.SUFFIX)) {
            throw new WorkflowException(target + " has no name before " + ArchiveWriter.SUFFIX
                    + "; name the file as the workflow is to be called in KNIME.");
        }
        if (!file.endsWith(ArchiveWriter.SUFFIX)) {
            WorkflowWriter.write(loaded, target);
            return;
        }
        Path temporary = Files.createTempDirectory("realm-workflow");
        try {
            String name = file.substring(0, file.length() - ArchiveWriter.SUFFIX.length());
            WorkflowWriter.write(loaded, temporary);
            ArchiveWriter.write(temporary, name, target);
        } finally {
            FolderTree.delete(temporary);
        }
    }
}
