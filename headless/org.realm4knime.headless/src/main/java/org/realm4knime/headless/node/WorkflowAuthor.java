package org.realm4knime.headless.node;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.workflow.Connection;
import org.realm4knime.headless.workflow.SettingsTree;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.headless.workflow.WorkflowSpec;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.NodePorts;
import org.realm4knime.standin.node.PortGroup.Side;

/**
 * Makes a workflow from a short description: each node with the ports and the default settings that its definition
 * gives, changed where the description says so, in the layout that KNIME 5.12 writes.
 */
public final class WorkflowAuthor {

    private static final String KNIME_VERSION = "5.8.0";
    private static final String FORMAT_VERSION = "5.1.0";

    private final NodeRegistry registry;

    /** @param registry knows the nodes */
    public WorkflowAuthor(NodeRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param name of the workflow
     * @param spec what it is to hold
     * @return the workflow; it lies nowhere yet
     * @throws WorkflowException if the description names a node, port group or setting that there is not
     */
    public Workflow write(String name, WorkflowSpec spec) throws WorkflowException {
        List<WorkflowNode> nodes = new ArrayList<>();
        for (WorkflowSpec.NodeSpec node : spec.nodes()) {
            nodes.add(node(node));
        }
        List<Connection> connections = spec.connections().stream()
                .map(c -> new Connection(c[0], c[1], c[2], c[3]))
                .toList();
        return new Workflow(name, null, workflowSettings(name, spec, nodes, connections), nodes, connections);
    }

    private WorkflowNode node(WorkflowSpec.NodeSpec spec) throws WorkflowException {
        NodeDefinition definition = registry.definition(spec.factory());
        NodePorts ports = new NodePorts(definition.ports());
        resize(ports, spec);
        NodeSettings settings = new NodeSettings("settings.xml");
        settings.addString("node_file", "settings.xml");
        settings.addNodeSettings("flow_stack");
        settings.addNodeSettings("internal_node_subsettings").addString("memory_policy", "CacheSmallInMemory");
        settings.addNodeSettings(definition.newParameters());
        if (spec.label() != null) {
            settings.addNodeSettings(annotation("nodeAnnotation", spec.label(), new int[4], 0xFFFFFF, "CENTER"));
        }
        settings.addString("customDescription", spec.description());
        settings.addString("state", "CONFIGURED");
        addIdentity(settings, definition.name(), spec.factory());
        settings.addNodeSettings("factory_settings");
        ports.save(settings);
        settings.addString("name", definition.name());
        settings.addBoolean("hasContent", false);
        settings.addBoolean("isInactive", false);
        addOutputs(settings, ports.types(Side.OUTPUT).size());
        NodeSettings stores = new NodeSettings("filestores");
        stores.addString("file_store_location", null);
        stores.addString("file_store_id", null);
        settings.addNodeSettings(stores);
        WorkflowNode result = new WorkflowNode(spec.id(), entry(spec, definition.name()), settings);
        applySettings(result, spec);
        return result;
    }

    private static void resize(NodePorts ports, WorkflowSpec.NodeSpec spec) throws WorkflowException {
        for (Map.Entry<String, Integer> wanted : spec.ports().entrySet()) {
            if (!ports.changeable().contains(wanted.getKey())) {
                throw new WorkflowException("Node #%d (%s) has no changeable port group \"%s\". It has: %s."
                        .formatted(spec.id(), spec.factory(), wanted.getKey(), ports.changeable()));
            }
            try {
                ports.resize(wanted.getKey(), wanted.getValue());
            } catch (IllegalArgumentException e) {
                throw new WorkflowException(
                        "Node #%d (%s) cannot have %d ports in group \"%s\"."
                                .formatted(spec.id(), spec.factory(), wanted.getValue(), wanted.getKey()),
                        e);
            }
        }
    }

    private void addIdentity(NodeSettings settings, String name, String factory) {
        Bundle bundle = registry.find(factory).orElseThrow().bundle();
        settings.addString("factory", factory);
        settings.addString("node-name", name);
        settings.addString("node-bundle-name", bundle.name());
        settings.addString("node-bundle-symbolic-name", bundle.symbolicName());
        settings.addString("node-bundle-vendor", bundle.vendor());
        settings.addString("node-bundle-version", bundle.version());
        settings.addString("node-feature-name", null);
        settings.addString("node-feature-symbolic-name", null);
        settings.addString("node-feature-vendor", null);
        settings.addString("node-feature-version", "0.0.0");
    }

    private static void addOutputs(NodeSettings settings, int number) {
        NodeSettings ports = new NodeSettings("ports");
        for (int index = 1; index <= number; index++) {
            NodeSettings port = new NodeSettings("port_" + index);
            port.addInt("index", index);
            port.addString("port_dir_location", null);
            ports.addNodeSettings(port);
        }
        settings.addNodeSettings(ports);
    }

    private static void applySettings(WorkflowNode node, WorkflowSpec.NodeSpec spec) throws WorkflowException {
        for (Map.Entry<String, JsonElement> setting : spec.settings().entrySet()) {
            NodeSettings tree = node.parameters();
            if (!SettingsTree.contains(tree, setting.getKey())) {
                throw new WorkflowException("%s has no setting \"%s\". It has: %s."
                        .formatted(node.displayName(), setting.getKey(), String.join(", ", SettingsTree.leaves(tree))));
            }
            try {
                SettingsTree.set(tree, setting.getKey(), values(setting.getValue()));
            } catch (IllegalArgumentException e) {
                throw new WorkflowException(
                        "%s, setting \"%s\": %s".formatted(node.displayName(), setting.getKey(), e.getMessage()), e);
            }
        }
    }

    private static List<String> values(JsonElement value) {
        return value instanceof JsonArray array
                ? StreamSupport.stream(array.spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(value.getAsString());
    }

    /** What workflow.knime says about a node. */
    private static NodeSettings entry(WorkflowSpec.NodeSpec spec, String name) {
        NodeSettings entry = new NodeSettings("node_" + spec.id());
        entry.addInt("id", spec.id());
        entry.addString("node_settings_file", "%s (#%d)/settings.xml".formatted(fileName(name), spec.id()));
        entry.addBoolean("node_is_meta", false);
        entry.addString("node_type", "NativeNode");
        entry.addString("ui_classname", "org.knime.core.node.workflow.NodeUIInformation");
        entry.addNodeSettings("ui_settings")
                .addIntArray("extrainfo.node.bounds", new int[] {spec.x(), spec.y(), -1, -1});
        return entry;
    }

    private static String fileName(String name) {
        return name.replaceAll("[\\\\/:*?\"<>|%~]", "_");
    }

    private static NodeSettings workflowSettings(
            String name, WorkflowSpec spec, List<WorkflowNode> nodes, List<Connection> connections) {
        NodeSettings settings = new NodeSettings("workflow.knime");
        settings.addString("created_by", KNIME_VERSION);
        settings.addBoolean("created_by_nightly", false);
        settings.addString("version", FORMAT_VERSION);
        settings.addString("name", name);
        NodeSettings author = new NodeSettings("authorInformation");
        author.addString("authored-by", "realm4knime");
        author.addString("authored-when", null);
        author.addString("lastEdited-by", null);
        author.addString("lastEdited-when", null);
        settings.addNodeSettings(author);
        settings.addString("customDescription", spec.description());
        settings.addString("state", "CONFIGURED");
        settings.addNodeSettings("workflow_credentials");
        if (!spec.annotations().isEmpty()) {
            NodeSettings notes = new NodeSettings("annotations");
            for (WorkflowSpec.NoteSpec note : spec.annotations()) {
                int[] place = {note.x(), note.y(), note.width(), note.height()};
                notes.addNodeSettings(
                        annotation("annotation_" + notes.keySet().size(), note.text(), place, 0xFFFFFF, "LEFT"));
            }
            settings.addNodeSettings(notes);
        }
        NodeSettings nodeEntries = new NodeSettings("nodes");
        nodes.forEach(node -> nodeEntries.addNodeSettings(node.entry()));
        settings.addNodeSettings(nodeEntries);
        NodeSettings lines = new NodeSettings("connections");
        IntStream.range(0, connections.size()).forEach(i -> lines.addNodeSettings(connection(i, connections.get(i))));
        settings.addNodeSettings(lines);
        return settings;
    }

    private static NodeSettings connection(int index, Connection c) {
        NodeSettings settings = new NodeSettings("connection_" + index);
        settings.addInt("sourceID", c.source());
        settings.addInt("destID", c.target());
        settings.addInt("sourcePort", c.sourcePort());
        settings.addInt("destPort", c.targetPort());
        return settings;
    }

    private static NodeSettings annotation(String key, String text, int[] place, int background, String alignment) {
        NodeSettings settings = new NodeSettings(key);
        settings.addString("text", text);
        settings.addString("contentType", "text/plain");
        settings.addInt("bgcolor", background);
        settings.addInt("x-coordinate", place[0]);
        settings.addInt("y-coordinate", place[1]);
        settings.addInt("width", place[2]);
        settings.addInt("height", place[3]);
        settings.addString("alignment", alignment);
        settings.addInt("borderSize", background == 0 ? 0 : 2);
        settings.addInt("borderColor", background == 0 ? 0 : 0xFFD800);
        settings.addInt("defFontSize", background == 0 ? 12 : 11);
        settings.addInt("annotation-version", 20230412);
        settings.addNodeSettings("styles");
        return settings;
    }
}
