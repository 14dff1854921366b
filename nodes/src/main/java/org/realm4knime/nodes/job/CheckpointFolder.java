package org.realm4knime.nodes.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.workflow.NodeContext;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.WholeFolder;
import org.realm4knime.engine.train.Fingerprint;
import org.realm4knime.nodes.preferences.EnginePreferences;

/**
 * Where a training node keeps its checkpoint: a folder named after the node, its settings and its input, so that only
 * the very same training finds it again.
 *
 * @param path the folder; need not exist
 */
public record CheckpointFolder(Path path) {

    /**
     * System property that says {@code true} if whoever runs the node keeps its results and deletes finished
     * checkpoints after that. KNIME does not set it.
     */
    public static final String KEEP_PROPERTY = "realm4knime.checkpoints.keep";

    private static final NodeLogger LOGGER = NodeLogger.getLogger(CheckpointFolder.class);

    /** File in the folder of a training that has ended, where somebody else deletes it. */
    public static final String FINISHED = "finished";

    /**
     * The folder of a job.
     *
     * @param node name of the kind of node, part of the folder's name
     * @param job settings and input of the job: records, strings, numbers, and lists of them
     */
    public static CheckpointFolder of(String node, List<?> job) {
        NodeContext context = NodeContext.getContext();
        String id =
                context == null ? "" : "-" + context.getNodeContainer().getID().getIndex();
        String digest = new Fingerprint().addAll(job).shortHex();
        return new CheckpointFolder(EnginePreferences.checkpoints().resolve(node + id + "-" + digest));
    }

    /**
     * The folder for a training to begin with.
     *
     * @param resume whether to go on from a checkpoint that is there; if not, it is deleted
     */
    public Path prepare(boolean resume) {
        if (!resume) {
            deleteNow();
        } else if (Boolean.getBoolean(KEEP_PROPERTY) && !Files.isDirectory(path)) {
            // a folder of this run alone; in KNIME's, nodes of other workflows have the same number
            ofOthers()
                    .ifPresent(other -> LOGGER.warn("This training begins anew. The interrupted one in " + other
                            + ", of a node with the same number, had other settings, data or another model, and is not"
                            + " gone on with. To go on with it, stop this run and set everything as it was."));
        }
        return path;
    }

    /** The folder of a training of the same node that has not ended, if there is one. */
    private Optional<Path> ofOthers() {
        String name = path.getFileName().toString();
        String ofNode = name.substring(0, name.lastIndexOf('-') + 1);
        try (Stream<Path> folders = Files.list(path.getParent())) {
            return folders.filter(
                            folder -> folder.getFileName().toString().matches(Pattern.quote(ofNode) + "[0-9a-f]+"))
                    .filter(folder -> !Files.exists(folder.resolve(FINISHED)))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // there is none yet
        }
    }

    /**
     * Deletes the folder, or marks it as {@link #FINISHED} where its results are yet to be kept: until then it is all
     * there is of the training. To be called when the training succeeded.
     */
    public void delete() {
        if (!Boolean.getBoolean(KEEP_PROPERTY)) {
            deleteNow();
        } else if (Files.isDirectory(path)) {
            try {
                Files.writeString(path.resolve(FINISHED), "");
            } catch (IOException e) {
                throw new EngineException("The folder '" + path + "' cannot be written to: " + IoReason.of(e), e);
            }
        }
    }

    private void deleteNow() {
        try {
            WholeFolder.delete(path);
        } catch (IOException e) {
            throw new EngineException(
                    "The checkpoint folder '" + path + "' cannot be deleted: " + IoReason.of(e)
                            + ". Delete it by hand.",
                    e);
        }
    }
}
