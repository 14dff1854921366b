package org.realm4knime.headless.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.WholeFolder;
import org.realm4knime.headless.run.NodeOutput;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.RunResult;
import org.realm4knime.headless.workflow.FolderTree;
import org.realm4knime.headless.workflow.WorkflowException;

/**
 * Where a run leaves its results: {@code report.html}, {@code tables/*.csv}, {@code realm.log}; what nodes write to
 * relative paths, such as {@code model/}; and what a later run goes on with, {@code state/}, {@code checkpoints/} and
 * {@code answers/}.
 *
 * @param path the folder, absolute
 */
public record ResultFolder(Path path) {

    /** What becomes of what an earlier run in the folder left. */
    public enum Earlier {
        /** The run continues it. */
        RESUME,
        /** It goes, unless it is the checkpoint of a training that was interrupted. */
        REPLACE,
        /** It goes, even if it is such a checkpoint, and what endpoints answered. */
        DELETE
    }

    /**
     * @param path the folder; it may be missing
     * @return the same as a result folder; nothing is made or changed yet
     */
    public static ResultFolder at(Path path) {
        return new ResultFolder(path.toAbsolutePath().normalize());
    }

    /**
     * Makes the folder ready for a run.
     *
     * @param earlier what to do with what an earlier run left
     * @throws WorkflowException if it cannot be a folder to write to, or holds a checkpoint that is neither to be used
     *     nor to be deleted
     */
    public void prepare(Earlier earlier) throws WorkflowException {
        try {
            deleteLeftovers();
            if (earlier == Earlier.REPLACE && holdsCheckpoint()) {
                throw new WorkflowException(("%s holds a training that was interrupted. Add --resume to go on with it,"
                                + " --restart to delete it and begin again, or --out for another folder.")
                        .formatted(path));
            }
            Files.createDirectories(path);
            boolean usedBefore = Files.exists(log());
            if (usedBefore) {
                FolderTree.delete(tables());
                Files.deleteIfExists(report());
            }
            if (usedBefore && earlier != Earlier.RESUME) {
                FolderTree.delete(state());
                FolderTree.delete(checkpoints());
            }
            if (earlier == Earlier.DELETE) {
                FolderTree.delete(answers());
            }
            Files.createDirectories(checkpoints());
        } catch (IOException e) {
            throw new WorkflowException(
                    "Cannot write results to %s: %s. Give another folder with --out.".formatted(path, IoReason.of(e)),
                    e);
        }
    }

    /** Of a run that was killed while it deleted a checkpoint. */
    private void deleteLeftovers() throws IOException {
        for (Path folder : FolderTree.folders(checkpoints())) {
            if (WholeFolder.isPart(folder)) {
                FolderTree.delete(folder);
            }
        }
    }

    private boolean holdsCheckpoint() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return false;
        }
        try (Stream<Path> entries = Files.list(checkpoints())) {
            return entries.findAny().isPresent();
        }
    }

    /** @return whether a run has left something here to go on with */
    public boolean isUsed() {
        return Files.isDirectory(state()) || Files.isDirectory(checkpoints());
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

    /** @return folder of what endpoints answered; a run that begins again may use it */
    public Path answers() {
        return path.resolve("answers");
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
