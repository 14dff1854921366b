package org.realm4knime.headless.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.headless.ProductVersion;
import org.realm4knime.headless.run.NodeOutput;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.RunResult;
import org.realm4knime.headless.workflow.FolderTree;
import org.realm4knime.headless.workflow.WorkflowException;

/**
 * Where a run leaves its results: {@code report.html}, {@code tables/*.csv}, {@code realm.log}; what nodes write to
 * relative paths, such as {@code model/}; and what a resumed run needs, {@code state/} and {@code checkpoints/}.
 *
 * @param path the folder, absolute
 */
public record ResultFolder(Path path) {

    /**
     * Makes the folder ready for a run.
     *
     * @param path the folder; it may be missing
     * @param resume whether to keep what an earlier run left to go on with
     * @return the folder
     * @throws WorkflowException if it cannot be a folder to write to
     */
    public static ResultFolder prepare(Path path, boolean resume) throws WorkflowException {
        ResultFolder folder = new ResultFolder(path.toAbsolutePath().normalize());
        try {
            Files.createDirectories(folder.path);
            boolean usedBefore = Files.exists(folder.log());
            if (usedBefore) {
                FolderTree.delete(folder.tables());
                Files.deleteIfExists(folder.report());
            }
            if (usedBefore && !resume) {
                FolderTree.delete(folder.state());
                FolderTree.delete(folder.checkpoints());
            }
            Files.createDirectories(folder.checkpoints());
            return folder;
        } catch (IOException e) {
            throw new WorkflowException("Cannot write results to " + path + ": " + e, e);
        }
    }

    /** @return what happened, in full */
    public Path log() {
        return path.resolve("realm.log");
    }

    /** @return the report */
    public Path report() {
        return path.resolve("report.html");
    }

    /** @return folder of the tables */
    public Path tables() {
        return path.resolve("tables");
    }

    /** @return folder of the results of finished nodes */
    public Path state() {
        return path.resolve("state");
    }

    /** @return folder of the checkpoints of training nodes */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /**
     * Writes the tables and the report.
     *
     * @param result what came of the run
     * @return the score tables among the outputs
     * @throws IOException if they cannot be written
     */
    public List<ScoreTable> write(RunResult result) throws IOException {
        List<ScoreTable> scores = new ArrayList<>();
        for (NodeResult node : result.nodes()) {
            for (NodeOutput output : node.outputs()) {
                if (output.object() instanceof BufferedDataTable table) {
                    CsvTables.write(table, tables().resolve(CsvTables.fileName(node.node(), output)));
                    ScoreTable.of(title(node), table).ifPresent(scores::add);
                }
            }
        }
        new ReportWriter(result, scores, ProductVersion.get()).write(report());
        return scores;
    }

    private static String title(NodeResult result) {
        return result.node().displayName()
                + result.node().label().map(label -> ": " + label).orElse("");
    }
}
