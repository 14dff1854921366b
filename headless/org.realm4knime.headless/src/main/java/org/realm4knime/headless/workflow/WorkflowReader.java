package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/**
 * Reads a workflow folder as KNIME 3 to 5 saves it and checks its form: files, numbers, connections between nodes that
 * exist, one line an input. All problems are reported at once.
 */
public final class WorkflowReader {

    /** Name of the file that makes a folder a workflow. */
    public static final String WORKFLOW_FILE = "workflow.knime";

    /** How deep a folder that is no workflow is searched for one. */
    private static final int NEAR = 3;

    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    private WorkflowReader(Path folder) {
        this.folder = folder;
    }

    /**
     * @param workflow a workflow folder, or its workflow.knime
     * @return the workflow
     * @throws WorkflowException with everything that is wrong with its files
     */
    public static Workflow read(Path workflow) throws WorkflowException {
        Path given = workflow.toAbsolutePath().normalize();
        Path folder = given.endsWith(WORKFLOW_FILE) && Files.isRegularFile(given) ? given.getParent() : given;
        if (!Files.isRegularFile(folder.resolve(WORKFLOW_FILE))) {
            throw new WorkflowException(noWorkflow(workflow, folder));
        }
        return new WorkflowReader(folder).read();
    }

    /** What is there instead of a workflow, and what to do. */
    private static String noWorkflow(Path named, Path place) {
        String ask = "give a workflow folder, or a .knwf or .knar file exported from KNIME.";
        if (!Files.exists(place)) {
            return "No workflow at %s: there is no such file or folder; %s".formatted(named, ask);
        }
        if (!Files.isDirectory(place)) {
            return place.toString().endsWith(".json")
                    ? ("No workflow at %s: it is a JSON file. If it describes a workflow, write the workflow with"
                                    + " \"realm new %s FOLDER\" and run FOLDER.")
                            .formatted(named, named)
                    : "No workflow at %s: it is a file of another kind; %s".formatted(named, ask);
        }
        List<Path> below;
        try {
            below = workflowsIn(place, NEAR);
        } catch (IOException | UncheckedIOException e) {
            return "Cannot read the folder %s; check that this user may.".formatted(named);
        }
        String inside = below.isEmpty()
                ? ask
                : "it has workflows in it: "
                        + below.stream().map(Path::toString).collect(Collectors.joining(", "))
                        + "; name one of them.";
        return "%s is not a workflow folder: it holds no %s; %s".formatted(named, WORKFLOW_FILE, inside);
    }

    /**
     * @param place a folder
     * @param depth how many folders deep to look
     * @return the workflow folders in it, those of metanodes and components left out, sorted
     * @throws IOException if it cannot be read
     */
    static List<Path> workflowsIn(Path place, int depth) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(place, depth)) {
            found = files.filter(file -> file.endsWith(WORKFLOW_FILE))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
        return found.stream()
                .filter(folder -> found.stream().noneMatch(other -> !other.equals(folder) && folder.startsWith(other)))
                .toList();
    }

    private Workflow read() throws WorkflowException {
        NodeSettings settings = SettingsXml.read(folder.resolve(WORKFLOW_FILE));
        checkVersion(settings);
        List<WorkflowNode> nodes = readNodes(settings);
        List<Connection> connections = readConnections(settings);
        checkConnections(nodes, connections);
        if (!problems.isEmpty()) {
            throw new WorkflowException(problems);
        }
        Workflow result = new Workflow(name(), folder, settings, nodes, connections);
        WorkflowGraph.order(result);
        return result;
    }

    private String name() {
        return folder.getFileName() == null ? "workflow" : folder.getFileName().toString();
    }

    private void checkVersion(NodeSettings settings) throws WorkflowException {
        String version = String.valueOf(settings.getString("version", ""));
        if (!version.matches("[345]\\..*")) {
            throw new WorkflowException(
                    "%s has format version \"%s\"; versions 3 to 5 can be read. Open and save it in a"
                                    .formatted(folder.resolve(WORKFLOW_FILE), version)
                            + " current KNIME.");
        }
    }

    private List<WorkflowNode> readNodes(NodeSettings settings) {
        List<WorkflowNode> nodes = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (NodeSettings entry : children(settings, "nodes")) {
            try {
                WorkflowNode node = readNode(entry);
                if (!ids.add(node.id())) {
                    problems.add(
                            "Two nodes have the number " + node.id() + " in " + folder.resolve(WORKFLOW_FILE) + ".");
                }
                nodes.add(node);
            } catch (WorkflowException e) {
                problems.addAll(e.problems());
            } catch (InvalidSettingsException e) {
                problems.add("%s, %s: %s".formatted(folder.resolve(WORKFLOW_FILE), entry.getKey(), e.getMessage()));
            }
        }
        nodes.sort(Comparator.comparingInt(WorkflowNode::id));
        return nodes;
    }

    private WorkflowNode readNode(NodeSettings entry) throws WorkflowException, InvalidSettingsException {
        int id = entry.getInt("id");
        String file = entry.getString("node_settings_file");
        String kind = entry.getString("node_type", "NativeNode");
        if (entry.getBoolean("node_is_meta", false) || !"NativeNode".equals(kind)) {
            throw new WorkflowException(("Node #%d (%s) is a %s; metanodes and components are not supported here."
                            + " Expand it in KNIME (right click, Metanode or Component, Expand) and save.")
                    .formatted(id, file, "SubNode".equals(kind) ? "component" : "metanode"));
        }
        Path path = settingsFile(id, file);
        WorkflowNode node = new WorkflowNode(id, entry, SettingsXml.read(path));
        if (node.factory().isEmpty()) {
            throw new WorkflowException(
                    path + " names no node factory (entry \"factory\"); save the workflow again in KNIME.");
        }
        return node;
    }

    private Path settingsFile(int node, String file) throws WorkflowException {
        try {
            Path path = folder.resolve(String.valueOf(file)).normalize();
            if (path.startsWith(folder)) {
                return path;
            }
            throw new WorkflowException(
                    "Node #%d has its settings outside the workflow folder: %s".formatted(node, file));
        } catch (InvalidPathException e) {
            throw new WorkflowException(
                    "Node #%d names a settings file that no file can be called: %s".formatted(node, file), e);
        }
    }

    private List<Connection> readConnections(NodeSettings settings) {
        List<Connection> connections = new ArrayList<>();
        for (NodeSettings c : children(settings, "connections")) {
            try {
                connections.add(new Connection(
                        c.getInt("sourceID"), c.getInt("sourcePort"), c.getInt("destID"), c.getInt("destPort")));
            } catch (InvalidSettingsException e) {
                problems.add("%s, %s: %s".formatted(folder.resolve(WORKFLOW_FILE), c.getKey(), e.getMessage()));
            }
        }
        return connections;
    }

    private void checkConnections(List<WorkflowNode> nodes, List<Connection> connections) {
        if (!problems.isEmpty()) {
            return; // nodes that could not be read would be reported again
        }
        Map<Integer, WorkflowNode> byId = new HashMap<>();
        nodes.forEach(n -> byId.put(n.id(), n));
        Map<List<Integer>, Connection> taken = new HashMap<>();
        for (Connection c : connections) {
            if (!byId.containsKey(c.source()) || !byId.containsKey(c.target())) {
                problems.add("Connection %s: there is no node #%d."
                        .formatted(c, byId.containsKey(c.source()) ? c.target() : c.source()));
            } else if ((c.sourcePort() == 0) != (c.targetPort() == 0)) {
                problems.add("Connection %s joins a flow variable port and a data port.".formatted(c));
            } else if (taken.put(List.of(c.target(), c.targetPort()), c) != null) {
                problems.add("Two connections enter port %d of %s; remove one."
                        .formatted(c.targetPort(), byId.get(c.target()).displayName()));
            }
        }
    }

    private static List<NodeSettings> children(NodeSettings settings, String key) {
        List<NodeSettings> result = new ArrayList<>();
        try {
            NodeSettingsRO parent = settings.getNodeSettings(key);
            for (String child : parent.keySet()) {
                result.add((NodeSettings) parent.getNodeSettings(child));
            }
        } catch (InvalidSettingsException e) {
            // a workflow without nodes or connections may lack the key
        }
        return result;
    }
}
