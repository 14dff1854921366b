package org.realm4knime.headless.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.internal.WriteFileStoreHandler;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
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
import org.knime.core.node.workflow.NodeMessage;
import org.knime.core.node.workflow.NodeProgressListener;
import org.knime.core.node.workflow.WorkflowManager;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowNode;

/** A node brought to life: created from its factory with the ports and parameters that its settings name. */
public final class NodeInstance {

    private final WorkflowNode saved;
    private final NativeNodeContainer container;
    private final Node node;
    private final List<String> messages = new ArrayList<>();
    private volatile boolean cancelled;
    private Unfinished unfinished = Unfinished.NOTHING;

    /**
     * What a cancelled node had kept for its view.
     *
     * @param tables by the number of the output that has the same columns
     * @param view the view of what there is
     */
    public record Unfinished(Map<Integer, BufferedDataTable> tables, Optional<NodeView> view) {

        private static final Unfinished NOTHING = new Unfinished(Map.of(), Optional.empty());
    }

    private NodeInstance(WorkflowNode saved, NativeNodeContainer container) {
        this.saved = saved;
        this.container = container;
        this.node = container.getNode();
        node.addMessageListener(event -> keep(event.getMessage()));
    }

    /**
     * @param saved the node as it lies on disk
     * @param registry knows the factories
     * @param manager the workflow that the node is to live in
     * @return the node with its ports; its parameters are those that it starts with
     * @throws WorkflowException if there is no such node or its port configuration does not fit it
     */
    public static NodeInstance create(WorkflowNode saved, NodeRegistry registry, WorkflowManager manager)
            throws WorkflowException {
        try {
            NodeFactory<? extends NodeModel> factory = registry.create(saved.factory());
            factory.loadAdditionalFactorySettings(
                    saved.settings().containsKey("factory_settings")
                            ? saved.settings().getNodeSettings("factory_settings")
                            : new NodeSettings("factory_settings"));
            ModifiableNodeCreationConfiguration creation = creationConfiguration(factory);
            if (creation != null) {
                creation.loadSettingsFrom(saved.settings());
            }
            NodeID id = manager.addNodeAndApplyContext(factory, creation, saved.id());
            return new NodeInstance(saved, manager.getNodeContainer(id, NativeNodeContainer.class, true));
        } catch (WorkflowException | InvalidSettingsException | RuntimeException e) {
            throw new WorkflowException(saved.displayName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param factory a node's factory
     * @return the ports that the node starts with, or null if its ports are fixed
     */
    static ModifiableNodeCreationConfiguration creationConfiguration(NodeFactory<? extends NodeModel> factory) {
        return factory instanceof ConfigurableNodeFactory<?> configurable
                ? configurable.createNodeCreationConfig()
                : null;
    }

    /**
     * Hands the node the parameters of its settings.xml.
     *
     * @throws WorkflowException if it does not accept them
     */
    public void loadParameters() throws WorkflowException {
        NodeContext.pushContext(container);
        try {
            node.validateModelSettings(saved.parameters());
            node.loadModelSettingsFrom(saved.parameters());
            if (saved.settings().containsKey("view")) {
                node.validateViewSettings(saved.viewParameters());
            }
        } catch (InvalidSettingsException | RuntimeException e) {
            throw new WorkflowException(saved.displayName() + ": its settings are not valid: " + e.getMessage(), e);
        } finally {
            NodeContext.removeLastContext();
        }
    }

    private void keep(NodeMessage message) {
        if (message.getMessageType() != NodeMessage.Type.RESET) {
            StringBuilder text = new StringBuilder(message.getMessage());
            message.getIssue().ifPresent(issue -> text.append('\n').append(issue));
            message.getResolutions().forEach(resolution -> text.append('\n').append(resolution));
            if (!messages.contains(text.toString())) {
                messages.add(text.toString());
            }
        }
    }

    /** @return the node as it lies on disk */
    public WorkflowNode saved() {
        return saved;
    }

    /** @return the node in its workflow */
    NativeNodeContainer container() {
        return container;
    }

    /** @return number of data inputs; they count from 1 */
    public int inputs() {
        return node.getNrInPorts() - 1;
    }

    /** @return number of data outputs; they count from 1 */
    public int outputs() {
        return node.getNrOutPorts() - 1;
    }

    /**
     * @param port number of an input; 0 is the flow variable port
     * @return what it takes
     */
    public PortType inputType(int port) {
        return node.getInputType(port);
    }

    /**
     * @param port number of an output; 0 is the flow variable port
     * @return what it gives
     */
    public PortType outputType(int port) {
        return node.getOutputType(port);
    }

    /**
     * @param port number of an input
     * @return its name
     */
    public String inputName(int port) {
        return node.getInportName(port);
    }

    /**
     * @param port number of an output
     * @return its name
     */
    public String outputName(int port) {
        return node.getOutportName(port);
    }

    /** @return the warnings and errors of the last configure and execute, each once, in their order */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /**
     * Configures the node.
     *
     * @param inputs spec of each data input, the first that of port 1; null where an optional input has nothing
     * @return whether the node can be executed; otherwise the messages say why not
     */
    public boolean configure(List<PortObjectSpec> inputs) {
        messages.clear();
        List<PortObjectSpec> specs = new ArrayList<>();
        specs.add(FlowVariablePortObjectSpec.INSTANCE);
        specs.addAll(inputs);
        NodeContext.pushContext(container);
        try {
            return node.configure(specs.toArray(PortObjectSpec[]::new));
        } finally {
            NodeContext.removeLastContext();
        }
    }

    /**
     * @param port number of an output
     * @return its spec as far as the last configure or execute told it
     */
    public Optional<PortObjectSpec> outputSpec(int port) {
        return Optional.ofNullable(node.getOutputSpec(port));
    }

    /**
     * Executes the configured node in this thread.
     *
     * @param inputs object of each data input, the first that of port 1; null where an optional input has nothing
     * @param context from {@link #prepare}
     * @param progress is told how far the node is, in [0, 1] or negative if it does not say, and what it does
     * @return the object of each output, the first that of port 1; nothing if the node failed or was cancelled
     */
    public Optional<List<PortObject>> execute(
            List<PortObject> inputs, ExecutionContext context, BiConsumer<Double, String> progress) {
        NodeProgressListener listener = event -> {
            if (cancelled) {
                keepUnfinished();
            }
            progress.accept(
                    event.getNodeProgress().hasProgress()
                            ? event.getNodeProgress().getProgress()
                            : -1.0,
                    event.getNodeProgress().hasMessage()
                            ? event.getNodeProgress().getMessage()
                            : "");
        };
        List<PortObject> objects = new ArrayList<>();
        objects.add(FlowVariablePortObject.INSTANCE);
        objects.addAll(inputs);
        container.getProgressMonitor().addProgressListener(listener);
        NodeContext.pushContext(container);
        try {
            if (!node.execute(objects.toArray(PortObject[]::new), new ExecutionEnvironment(), context)) {
                return Optional.empty();
            }
            List<PortObject> outputs = new ArrayList<>();
            for (int port = 1; port < node.getNrOutPorts(); port++) {
                outputs.add(node.getOutputObject(port));
            }
            return Optional.of(outputs);
        } finally {
            NodeContext.removeLastContext();
            container.getProgressMonitor().removeProgressListener(listener);
        }
    }

    /** A node is reset once it has stopped, so what it keeps is taken while it still tells how far it is. */
    private void keepUnfinished() {
        PortObject[] held = node.getInternalHeldPortObjects();
        if (held == null) {
            return;
        }
        Map<Integer, BufferedDataTable> tables = new TreeMap<>();
        for (PortObject object : held) {
            if (object instanceof BufferedDataTable table) {
                outputLike(table).ifPresent(port -> tables.put(port, table));
            }
        }
        unfinished = new Unfinished(tables, view());
    }

    private Optional<Integer> outputLike(BufferedDataTable table) {
        return IntStream.rangeClosed(1, outputs())
                .boxed()
                .filter(port -> node.getOutputSpec(port) instanceof DataTableSpec spec
                        && spec.equalStructure(table.getDataTableSpec()))
                .findFirst();
    }

    /** @return what the node had kept when it was cancelled; nothing if it was not, or keeps nothing */
    public Unfinished unfinished() {
        return unfinished;
    }

    /** Asks the running node to stop; may be called from any thread. */
    public void cancel() {
        cancelled = true;
        container.getProgressMonitor().setExecuteCanceled();
    }

    /**
     * Makes the node ready to execute or to take results back.
     *
     * @param fileStores folder for the files that its results hold, such as model weights; it may be missing
     * @return what execute needs
     */
    public ExecutionContext prepare(Path fileStores) {
        // The same identity in every run, so that equal results are equal bytes.
        UUID identity = UUID.nameUUIDFromBytes(saved.displayName().getBytes(StandardCharsets.UTF_8));
        WriteFileStoreHandler handler = new WriteFileStoreHandler(container.getNameWithID(), identity);
        handler.setBaseDir(fileStores.toFile());
        handler.addToRepository(container.getParent().getWorkflowDataRepository());
        node.setFileStoreHandler(handler);
        return container.createExecutionContext();
    }

    /** @return the view of the executed node, if it has one */
    public Optional<NodeView> view() {
        return nodeView().flatMap(view -> {
            view.loadValidatedSettingsFrom(saved.viewParameters());
            return view.createInitialDataService()
                    .map(service -> new NodeView(view.getPage(), service.getInitialData()));
        });
    }

    /**
     * @param initialData what {@link #view} gave when the node had run
     * @return the same view again, without running the node
     */
    public Optional<NodeView> view(String initialData) {
        return nodeView().map(view -> new NodeView(view.getPage(), initialData));
    }

    @SuppressWarnings("unchecked")
    private Optional<org.knime.core.webui.node.view.NodeView> nodeView() {
        if (!(node.getFactory() instanceof NodeViewFactory<?> factory) || !factory.hasNodeView()) {
            return Optional.empty();
        }
        NodeContext.pushContext(container);
        try {
            return Optional.of(((NodeViewFactory<NodeModel>) factory).createNodeView(node.getNodeModel()));
        } finally {
            NodeContext.removeLastContext();
        }
    }
}
