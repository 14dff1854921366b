package org.realm4knime.nodes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.standin.FileStores;
import org.realm4knime.standin.Keyring;
import org.realm4knime.standin.Progress;
import org.realm4knime.standin.node.DefinedNode;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.NodePorts;

/** Runs nodes as a workflow does: in a folder, with ports and settings, configured and then executed. */
public final class NodeRunner implements AutoCloseable {

    /** Failures are what many tests are about: they look at the node's message, not at the log. */
    private static final Logger LOG = Logger.getLogger("org.realm4knime.standin");

    static {
        LOG.setLevel(Level.OFF);
    }

    private final Path folder;
    private final Path stores;
    private int nodes;
    private Keyring keyring = Keyring.empty();

    /** A workflow in a folder. */
    public NodeRunner(Path folder) {
        this.folder = folder;
        try {
            stores = Files.createTempDirectory("realm-file-stores");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a node.
     *
     * @param factory its factory
     * @param addedPorts optional or repeated input ports that the user adds, in order: name and type
     */
    public Instance node(DefaultNodeFactory factory, Map<String, PortType> addedPorts) {
        NodeDefinition definition = factory.definition();
        NodePorts ports = new NodePorts(definition.ports());
        addedPorts.keySet().forEach(name -> ports.resize(name, ports.size(name) + 1));
        return new Instance(definition, new DefinedNode(definition, ports, folder, ++nodes, keyring));
    }

    /** Gives nodes that are added from now on credentials. */
    public void credentials(Map<String, String> passwords) {
        keyring = new Keyring(passwords);
    }

    /** Adds a node with its usual ports. */
    public Instance node(DefaultNodeFactory factory) {
        return node(factory, Map.of());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(stores)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node of the workflow. */
    public final class Instance {

        private final NodeDefinition definition;
        private final DefinedNode node;
        private final Map<String, Object> changes = new LinkedHashMap<>();
        private final Set<String> absent = new HashSet<>();
        private DoublePredicate cancel = fraction -> false;
        private Progress progress = new Progress();
        private List<PortObject> outputs = List.of();

        private Instance(NodeDefinition definition, DefinedNode node) {
            this.definition = definition;
            this.node = node;
        }

        /**
         * Changes a setting.
         *
         * @param path key, with the keys of the groups around it before, such as {@code optimizer/beta1}
         * @param value text, number, true or false; an enum constant by its name
         */
        public Instance set(String path, Object value) {
            changes.put(path, value);
            return this;
        }

        /** Leaves a setting out, as in workflows that were saved before there was such a setting. */
        public Instance without(String key) {
            absent.add(key);
            return this;
        }

        /** Cancels the execution as soon as its progress is such. */
        public void cancelWhen(DoublePredicate reached) {
            cancel = reached;
        }

        /** Gives the node its settings and configures it; true if it could be. */
        public boolean configure(PortObjectSpec... inputs) throws InvalidSettingsException {
            if (!changes.isEmpty() || !absent.isEmpty()) {
                NodeSettings settings = definition.defaultParameters();
                for (Map.Entry<String, Object> change : changes.entrySet()) {
                    apply(settings, change.getKey(), change.getValue());
                }
                node.load(withoutAbsent(settings));
            }
            return node.configure(List.of(inputs));
        }

        private NodeSettings withoutAbsent(NodeSettings settings) {
            assertThat(settings.keySet()).containsAll(absent);
            NodeSettings rest = new NodeSettings(settings.getKey());
            settings.keySet().stream()
                    .filter(key -> !absent.contains(key))
                    .forEach(key -> rest.addEntry(settings.getEntry(key)));
            return rest;
        }

        /** Configures and executes; true if both went well. */
        public boolean run(PortObject... inputs) throws InvalidSettingsException {
            return configure(Stream.of(inputs).map(PortObject::getSpec).toArray(PortObjectSpec[]::new))
                    && execute(inputs);
        }

        /** Executes; true if it went well. */
        public boolean execute(PortObject... inputs) {
            progress = new Progress((fraction, message) -> {
                if (fraction >= 0 && cancel.test(fraction)) {
                    progress.cancel();
                }
            });
            outputs = node.execute(List.of(inputs), exec()).orElse(null);
            return outputs != null;
        }

        /** Configures and executes, which must go well, and gives the first output. */
        public <T extends PortObject> T result(PortObject... inputs) throws InvalidSettingsException {
            boolean success = run(inputs);
            assertThat(success).as(message()).isTrue();
            return output(0);
        }

        /** What came out at a port, counted from 0; null if the node was not executed or failed. */
        @SuppressWarnings("unchecked") // the test knows the type of its port
        public <T extends PortObject> T output(int port) {
            return outputs == null || outputs.isEmpty() ? null : (T) outputs.get(port);
        }

        /** The spec that configure announced for a port; null if none. */
        public PortObjectSpec outputSpec(int port) {
            return node.outputSpec(port).orElse(null);
        }

        /** The node's last message, empty if none. */
        public String message() {
            List<String> messages = node.messages();
            return messages.isEmpty() ? "" : messages.get(messages.size() - 1);
        }

        /** Makes tables and file stores; those of each call are in a place of their own. */
        public ExecutionContext exec() {
            try {
                return new ExecutionContext(progress, new FileStores(Files.createTempDirectory(stores, "node")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The JSON text that the node's view is given. */
        public String viewData() {
            return node.viewData().orElseThrow();
        }

        private static void apply(NodeSettings settings, String path, Object value) throws InvalidSettingsException {
            int slash = path.indexOf('/');
            if (slash >= 0) {
                apply(settings.getNodeSettings(path.substring(0, slash)), path.substring(slash + 1), value);
                return;
            }
            assertThat(settings.containsKey(path)).as("setting %s", path).isTrue();
            if (value instanceof Integer number) {
                settings.addInt(path, number);
            } else if (value instanceof Long number) {
                settings.addLong(path, number);
            } else if (value instanceof Double number) {
                settings.addDouble(path, number);
            } else if (value instanceof Boolean flag) {
                settings.addBoolean(path, flag);
            } else {
                settings.addString(path, value.toString());
            }
        }
    }
}
