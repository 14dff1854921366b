package org.realm4knime.headless.run;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.port.PortObject;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.headless.node.NodeInstance;
import org.realm4knime.headless.node.NodeView;
import org.realm4knime.headless.workflow.FolderTree;
import org.realm4knime.nodes.job.CheckpointFolder;
import org.realm4knime.standin.FileStores;
import org.realm4knime.standin.PortObjectFile;
import org.realm4knime.standin.Progress;
import org.realm4knime.standin.TableFile;

/**
 * The results of finished nodes on disk, so that an interrupted run can go on. A node's results are kept under a key,
 * the digest of everything they depend on: its factory, its ports, its settings and the content of its inputs.
 */
public final class ResultStore {

    private static final Logger LOGGER = Logger.getLogger(ResultStore.class.getName());
    private static final Gson GSON = new Gson();
    private static final String RECORD_FILE = "result.json";
    private static final Pattern NODE_FOLDER = Pattern.compile("node-\\d+");

    private final Path folder;
    private final Path checkpoints;
    private final List<Path> others;

    /** A node's results, read back. */
    public record Stored(NodeResult result, List<String> contents) {}

    /**
     * The part of a result that is not a port object.
     *
     * @param key of the results
     * @param seconds how long the node ran
     * @param messages its warnings
     * @param contents digest of each output's content
     * @param initialData of its view; null if it has none
     * @param unanswered whether a server gave no answer to some questions, which are worth asking again
     */
    private record Entry(
            String key,
            double seconds,
            List<String> messages,
            List<String> contents,
            String initialData,
            boolean unanswered) {

        Duration time() {
            return Duration.ofMillis(Math.round(1000 * seconds));
        }
    }

    /**
     * @param folder where the results are kept; it may be missing
     * @param checkpoints where training nodes keep their checkpoints; it may be missing. A finished one goes when the
     *     node's results are kept and not before, so that there is no moment at which a training could be lost
     * @param others folders of other runs, whose results are taken where this one has none
     */
    public ResultStore(Path folder, Path checkpoints, List<Path> others) {
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.others = List.copyOf(others);
    }

    /**
     * @param node a node
     * @param inputs digest of the content of each of its inputs
     * @return the key of its results
     */
    public String key(NodeInstance node, List<String> inputs) {
        Digest digest = new Digest().add(node.saved().factory());
        digest.add(node.outputs())
                .add(node.saved().parameters())
                .add(node.saved().viewParameters());
        inputs.forEach(digest::add);
        return digest.toString();
    }

    /**
     * @param node a node that is to run or whose results are to be read
     * @return an empty place for the files its results hold
     * @throws IOException if the place cannot be made
     */
    public FileStores fileStores(NodeInstance node) throws IOException {
        Path stores = folder.resolve("files").resolve(name(node));
        FolderTree.delete(stores);
        Files.createDirectories(stores);
        return new FileStores(stores);
    }

    /**
     * @param node a node
     * @param key of the results wanted
     * @return the results of an earlier run, if there are any under this key, no question was left without an answer
     *     by a server, and they can be read; those of another
     *     folder are in this one too from now on, so that who reuses this run, or continues it, finds them
     */
    public Optional<Stored> find(NodeInstance node, String key) {
        Path own = folder.resolve(name(node));
        Optional<Stored> stored = find(node, key, own);
        if (stored.isPresent()) {
            return stored;
        }
        for (Path other : others) {
            for (Path kept : entries(other)) {
                stored = find(node, key, kept);
                if (stored.isPresent()) {
                    adopt(kept, own);
                    return stored;
                }
            }
        }
        return Optional.empty();
    }

    private static void adopt(Path kept, Path own) {
        Path fresh = own.resolveSibling(own.getFileName() + WholeFile.PART);
        try {
            FolderTree.delete(fresh);
            Files.createDirectories(fresh);
            for (Path file : FolderTree.files(kept)) {
                linkOrCopy(file, fresh.resolve(file.getFileName()));
            }
            FolderTree.delete(own);
            Files.move(fresh, own);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The results in " + kept + " were used but not kept in this run's folder.", e);
        }
    }

    /** Results are never changed in place, so that two runs can share them; models are large. */
    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, target);
        }
    }

    /** The results in another run's folder: its nodes may have other numbers. */
    private static List<Path> entries(Path other) {
        try (Stream<Path> entries = Files.list(other)) {
            return entries.filter(entry ->
                            NODE_FOLDER.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot list the results in " + other + "; none of them is reused.", e);
            return List.of();
        }
    }

    private Optional<Stored> find(NodeInstance node, String key, Path kept) {
        if (!Files.isRegularFile(kept.resolve(RECORD_FILE))) {
            return Optional.empty();
        }
        try {
            Entry entry = GSON.fromJson(Files.readString(kept.resolve(RECORD_FILE)), Entry.class);
            if (entry == null || !key.equals(entry.key()) || entry.unanswered()) {
                return Optional.empty();
            }
            Stored stored = read(node, entry, kept);
            deleteFinishedCheckpoints(node); // whoever kept the results may have been killed before that
            return Optional.of(stored);
        } catch (IOException | JsonParseException e) {
            LOGGER.log(Level.WARNING, "Cannot read the kept results of " + node.saved() + "; it runs again.", e);
            return Optional.empty();
        }
    }

    private Stored read(NodeInstance node, Entry entry, Path kept) throws IOException {
        FileStores stores = fileStores(node);
        List<NodeOutput> outputs = new ArrayList<>();
        for (int port = 1; port <= node.outputs(); port++) {
            outputs.add(new NodeOutput(port, node.outputName(port), readObject(kept, port, stores)));
        }
        NodeResult result = new NodeResult(
                node.saved(),
                NodeState.REUSED,
                entry.time(),
                entry.messages(),
                outputs,
                Optional.ofNullable(entry.initialData()).flatMap(node::view),
                "");
        return new Stored(result, entry.contents());
    }

    private static PortObject readObject(Path kept, int port, FileStores stores) throws IOException {
        Path table = tableFile(kept, port);
        return Files.exists(table)
                ? TableFile.read(table, new ExecutionContext(new Progress(), stores))
                : PortObjectFile.read(objectFile(kept, port), stores);
    }

    /**
     * Keeps the results of a node that has just run.
     *
     * @param node the node
     * @param key what its results depend on
     * @param result its results
     * @param unanswered whether a server gave no answer to some questions; then the results are not taken by another
     *     run, which asks again for these
     * @return the digest of each output's content, for the keys of the nodes behind it
     * @throws IOException if they cannot be written
     */
    public List<String> save(NodeInstance node, String key, NodeResult result, boolean unanswered) throws IOException {
        Path fresh = folder.resolve(name(node) + WholeFile.PART);
        try {
            FolderTree.delete(fresh);
            Files.createDirectories(fresh);
            List<String> contents = write(fresh, key, result, unanswered);
            Path kept = folder.resolve(name(node));
            FolderTree.delete(kept);
            Files.move(fresh, kept);
            deleteFinishedCheckpoints(node);
            return contents;
        } catch (IOException e) {
            FileUtils.deleteQuietly(fresh.toFile());
            throw new IOException(
                    ("The results could not be kept in %s: %s. Mend this and run again with --resume; a training goes"
                                    + " on from its checkpoint.")
                            .formatted(folder, IoReason.of(e)),
                    e);
        }
    }

    private List<String> write(Path fresh, String key, NodeResult result, boolean unanswered) throws IOException {
        List<String> contents = new ArrayList<>();
        for (NodeOutput output : result.outputs()) {
            contents.add(write(fresh, output));
        }
        Entry entry = new Entry(
                key,
                result.time().toMillis() / 1000.0,
                result.messages(),
                contents,
                result.view().map(NodeView::initialData).orElse(null),
                unanswered);
        WholeFile.write(fresh.resolve(RECORD_FILE), GSON.toJson(entry));
        return contents;
    }

    /** Of this node alone: that of another one may be finished too, and yet be all there is of its training. */
    private void deleteFinishedCheckpoints(NodeInstance node) throws IOException {
        Pattern ofNode = Pattern.compile(".*-" + node.saved().id() + "-[0-9a-f]+");
        for (Path checkpoint : FolderTree.folders(checkpoints)) {
            if (ofNode.matcher(checkpoint.getFileName().toString()).matches()
                    && Files.exists(checkpoint.resolve(CheckpointFolder.FINISHED))) {
                FolderTree.delete(checkpoint);
            }
        }
    }

    private static String write(Path kept, NodeOutput output) throws IOException {
        if (output.object() instanceof BufferedDataTable table) {
            TableFile.write(table, tableFile(kept, output.port()));
            return new Digest().add(table).toString();
        }
        Path file = objectFile(kept, output.port());
        PortObjectFile.write(output.object(), file);
        return new Digest().addArchive(file).toString();
    }

    private static Path tableFile(Path kept, int port) {
        return kept.resolve("port-" + port + ".table");
    }

    private static Path objectFile(Path kept, int port) {
        return kept.resolve("port-" + port + ".zip");
    }

    /**
     * How long a node ran, whatever its settings and inputs were.
     *
     * @param folder of the results; it may be missing
     * @return empty if there are no results that can be read
     */
    static Optional<Duration> time(Path folder, NodeInstance node) {
        Path record = folder.resolve(name(node)).resolve(RECORD_FILE);
        try {
            Entry entry = Files.isRegularFile(record) ? GSON.fromJson(Files.readString(record), Entry.class) : null;
            return Optional.ofNullable(entry).map(Entry::time);
        } catch (IOException | JsonParseException e) {
            return Optional.empty(); // whoever wants the results themselves is told
        }
    }

    private static String name(NodeInstance node) {
        return "node-" + node.saved().id();
    }
}
