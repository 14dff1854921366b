package org.realm4knime.nodes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeProgressMonitor;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.flowvariable.FlowVariablePortObject;
import org.knime.core.node.port.flowvariable.FlowVariablePortObjectSpec;
import org.knime.core.node.workflow.ExecutionEnvironment;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.node.workflow.NodeID;
import org.knime.core.node.workflow.WorkflowCreationHelper;
import org.knime.core.node.workflow.WorkflowManager;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;
import org.knime.core.webui.node.view.NodeViewFactory;

/** Runs nodes as a workflow does: in a folder, with ports and settings, configured and then executed. */
public final class NodeRunner implements AutoCloseable {

    /** Failures are what many tests are about: they look at the node's message, not at the log. */
    private static final Logger LOG = Logger.getLogger("org.knime");

    static {
        LOG.setLevel(Level.OFF);
    }

    private final WorkflowManager workflow;

    /** A workflow in a folder. */
    public NodeRunner(Path folder) {
        WorkflowContextV2 context = WorkflowContextV2.builder()
                .withAnalyticsPlatformExecutor(
                        executor -> executor.withCurrentUserAsUserId().withLocalWorkflowPath(folder))
                .withLocalLocation()
                .build();
        workflow = WorkflowManager.ROOT.createAndAddProject("test", new WorkflowCreationHelper(context));
    }

    /**
     * Adds a node.
     *
     * @param factory its factory
     * @param addedPorts optional or repeated input ports that the user adds, in order: name and type
     */
    public Instance node(NodeFactory<?> factory, Map<String, PortType> addedPorts) {
        ModifiableNodeCreationConfiguration configuration =
                ((ConfigurableNodeFactory<?>) factory).createNodeCreationConfig();
        addedPorts.forEach((name, type) -> configuration
                .getPortConfig()
                .orElseThrow()
                .getExtendablePorts()
                .get(name)
                .addPort(type));
        NodeID id = workflow.addNodeAndApplyContext(factory, configuration, -1);
        return new Instance(workflow.getNodeContainer(id, NativeNodeContainer.class, true));
    }

    /** Adds a node with its usual ports. */
    public Instance node(NodeFactory<?> factory) {
        return node(factory, Map.of());
    }

    @Override
    public void close() {
        WorkflowManager.ROOT.removeProject(workflow.getID());
    }

    /** A node of the workflow. */
    public static final class Instance {

        private final NativeNodeContainer container;
        private final Map<String, Object> changes = new LinkedHashMap<>();
        private final Set<String> absent = new HashSet<>();
        private DoublePredicate cancel = fraction -> false;

        private Instance(NativeNodeContainer container) {
            this.container = container;
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
            NodeContext.pushContext(container);
            try {
                if (!changes.isEmpty() || !absent.isEmpty()) {
                    NodeSettings settings = new NodeSettings("model");
                    node().saveModelSettingsTo(settings);
                    for (Map.Entry<String, Object> change : changes.entrySet()) {
                        apply(settings, change.getKey(), change.getValue());
                    }
                    for (String key : absent) {
                        assertThat(settings.removeConfig(key))
                                .as("setting %s", key)
                                .isNotNull();
                    }
                    node().validateModelSettings(settings);
                    node().loadModelSettingsFrom(settings);
                }
                return node().configure(Stream.concat(Stream.of(FlowVariablePortObjectSpec.INSTANCE), Stream.of(inputs))
                        .toArray(PortObjectSpec[]::new));
            } finally {
                NodeContext.removeLastContext();
            }
        }

        /** Configures and executes; true if both went well. */
        public boolean run(PortObject... inputs) throws InvalidSettingsException {
            return configure(Stream.of(inputs).map(PortObject::getSpec).toArray(PortObjectSpec[]::new))
                    && execute(inputs);
        }

        /** Executes; true if it went well. */
        public boolean execute(PortObject... inputs) {
            NodeContext.pushContext(container);
            try {
                container.initLocalFileStoreHandler();
                NodeProgressMonitor monitor = container.getProgressMonitor();
                monitor.reset();
                monitor.removeAllProgressListener();
                monitor.addProgressListener(event -> {
                    Double fraction = event.getNodeProgress().getProgress();
                    if (fraction != null && cancel.test(fraction)) {
                        monitor.setExecuteCanceled();
                    }
                });
                return node().execute(
                                Stream.concat(Stream.of(FlowVariablePortObject.INSTANCE), Stream.of(inputs))
                                        .toArray(PortObject[]::new),
                                new ExecutionEnvironment(),
                                exec());
            } finally {
                NodeContext.removeLastContext();
            }
        }

        /** Configures and executes, which must go well, and gives the first output. */
        @SuppressWarnings("unchecked") // the test knows the type of its port
        public <T extends PortObject> T result(PortObject... inputs) throws InvalidSettingsException {
            boolean success = run(inputs);
            assertThat(success).as(message()).isTrue();
            return (T) node().getOutputObject(1);
        }

        /** What came out at a port, counted from 0 without the flow variable port. */
        @SuppressWarnings("unchecked") // the test knows the type of its port
        public <T extends PortObject> T output(int port) {
            return (T) node().getOutputObject(port + 1);
        }

        /** The spec that configure announced for a port. */
        public PortObjectSpec outputSpec(int port) {
            return node().getOutputSpec(port + 1);
        }

        /** The node's last message, empty if none. */
        public String message() {
            return container.getNodeMessage().getMessage();
        }

        /** Makes tables and file stores. */
        public ExecutionContext exec() {
            return container.createExecutionContext();
        }

        /** The JSON text that the node's view is given. */
        @SuppressWarnings("unchecked") // every DefaultNodeFactory is one
        public String viewData() {
            NodeContext.pushContext(container);
            try {
                return ((NodeViewFactory<NodeModel>) (Object) node().getFactory())
                        .createNodeView(node().getNodeModel())
                        .createInitialDataService()
                        .orElseThrow()
                        .getInitialData();
            } finally {
                NodeContext.removeLastContext();
            }
        }

        private Node node() {
            return container.getNode();
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
