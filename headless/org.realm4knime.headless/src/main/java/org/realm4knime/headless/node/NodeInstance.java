package org.realm4knime.headless.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.standin.FileStores;
import org.realm4knime.standin.Keyring;
import org.realm4knime.standin.Progress;
import org.realm4knime.standin.node.DefinedNode;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.NodePorts;
import org.realm4knime.standin.node.PortGroup.Side;

/**
 * A node brought to life: created from its factory with the ports and parameters that its settings name. Data ports
 * count from 1 on either side.
 */
public final class NodeInstance {

    private final WorkflowNode saved;
    private final NodeDefinition definition;
    private final NodePorts ports;
    private final DefinedNode node;
    private final Progress progress = new Progress(this::progressed);
    private BiConsumer<Double, String> listener = (fraction, message) -> {};

    /**
     * What a cancelled node had kept for its view.
     *
     * @param tables by the number of the output that has the same columns
     * @param view the view of what there is
     */
    public record Unfinished(Map<Integer, BufferedDataTable> tables, Optional<NodeView> view) {}

    private NodeInstance(
            WorkflowNode saved, NodeDefinition definition, NodePorts ports, Path workflow, Keyring keyring) {
        this.saved = saved;
        this.definition = definition;
        this.ports = ports;
        this.node = new DefinedNode(definition, ports, workflow, saved.id(), keyring);
    }

    /**
     * @param saved the node as it lies on disk
     * @param registry knows the factories
     * @param workflow folder of the workflow that the node lives in
     * @param keyring the credentials that it can see
     * @return the node with its ports and parameters
     * @throws WorkflowException if there is no such node, or it does not accept its ports or parameters
     */
    public static NodeInstance create(WorkflowNode saved, NodeRegistry registry, Path workflow, Keyring keyring)
            throws WorkflowException {
        NodeInstance instance;
        try {
            NodeDefinition definition = registry.definition(saved.factory());
            NodePorts ports = new NodePorts(definition.ports());
            ports.load(saved.settings());
            instance = new NodeInstance(saved, definition, ports, workflow, keyring);
        } catch (WorkflowException | InvalidSettingsException | RuntimeException e) {
            throw new WorkflowException(saved.displayName() + ": " + e.getMessage(), e);
        }
        try {
            instance.node.load(saved.parameters());
            return instance;
        } catch (InvalidSettingsException | RuntimeException e) {
            throw new WorkflowException(saved.displayName() + ": its settings are not valid: " + e.getMessage(), e);
        }
    }

    /** @return the node as it lies on disk */
    public WorkflowNode saved() {
        return saved;
    }

    /** @return number of data inputs */
    public int inputs() {
        return ports.types(Side.INPUT).size();
    }

    /** @return number of data outputs */
    public int outputs() {
        return ports.types(Side.OUTPUT).size();
    }

    /**
     * @param port number of an input
     * @return what it takes
     */
    public PortType inputType(int port) {
        return ports.types(Side.INPUT).get(port - 1);
    }

    /**
     * @param port number of an output
     * @return what it gives
     */
    public PortType outputType(int port) {
        return ports.types(Side.OUTPUT).get(port - 1);
    }

    /**
     * @param port number of an input
     * @return its name
     */
    public String inputName(int port) {
        return ports.name(Side.INPUT, port - 1);
    }

    /**
     * @param port number of an output
     * @return its name
     */
    public String outputName(int port) {
        return ports.name(Side.OUTPUT, port - 1);
    }

    /** @return the warnings and errors of the last configure and execute, each once, in their order */
    public List<String> messages() {
        return node.messages();
    }

    /**
     * Configures the node.
     *
     * @param inputs spec of each data input, the first that of port 1
     * @return whether the node can be executed; otherwise the messages say why not
     */
    public boolean configure(List<PortObjectSpec> inputs) {
        return node.configure(inputs);
    }

    /**
     * @param port number of an output
     * @return its spec as far as the last configure or execute told it
     */
    public Optional<PortObjectSpec> outputSpec(int port) {
        return node.outputSpec(port - 1);
    }

    /**
     * Executes the configured node in this thread.
     *
     * @param inputs object of each data input, the first that of port 1
     * @param fileStores place for the files that its results hold
     * @param watcher is told how far the node is, in [0, 1] or negative if it does not say, and what it does
     * @return the object of each output, the first that of port 1; nothing if the node failed or was cancelled
     */
    public Optional<List<PortObject>> execute(
            List<PortObject> inputs, FileStores fileStores, BiConsumer<Double, String> watcher) {
        listener = watcher;
        try {
            return node.execute(inputs, new ExecutionContext(progress, fileStores));
        } finally {
            listener = (fraction, message) -> {};
        }
    }

    private void progressed(double fraction, String message) {
        listener.accept(fraction, message);
    }

    /** @return what the node had kept when it was cancelled; nothing if it keeps nothing */
    public Unfinished unfinished() {
        Map<Integer, BufferedDataTable> tables = new TreeMap<>();
        for (PortObject object : node.kept()) {
            if (object instanceof BufferedDataTable table) {
                outputLike(table).ifPresent(port -> tables.put(port, table));
            }
        }
        return new Unfinished(tables, node.kept().isEmpty() ? Optional.empty() : view());
    }

    private Optional<Integer> outputLike(BufferedDataTable table) {
        return IntStream.rangeClosed(1, outputs())
                .boxed()
                .filter(port -> outputSpec(port).orElse(null) instanceof DataTableSpec spec
                        && spec.equalStructure(table.getDataTableSpec()))
                .findFirst();
    }

    /** Asks the running node to stop; may be called from any thread. */
    public void cancel() {
        progress.cancel();
    }

    /** @return the view of the executed node, if it has one */
    public Optional<NodeView> view() {
        return node.viewData().flatMap(this::view);
    }

    /**
     * @param initialData what {@link #view} gave when the node had run
     * @return the same view again, without running the node
     */
    public Optional<NodeView> view(String initialData) {
        return definition.view().map(view -> new NodeView(view.page(), initialData));
    }
}
