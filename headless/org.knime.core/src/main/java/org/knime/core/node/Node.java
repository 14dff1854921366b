package org.knime.core.node;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.internal.IFileStoreHandler;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;
import org.knime.core.internal.MessageAwareException;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.message.Message;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.flowvariable.FlowVariablePortObject;
import org.knime.core.node.port.flowvariable.FlowVariablePortObjectSpec;
import org.knime.core.node.workflow.ExecutionEnvironment;
import org.knime.core.node.workflow.NodeID;
import org.knime.core.node.workflow.NodeMessage;
import org.knime.core.node.workflow.NodeMessageEvent;
import org.knime.core.node.workflow.NodeMessageListener;
import org.w3c.dom.Element;

/**
 * A node: the model that a factory made, with its ports, output and messages. Port 0 on either side is the flow
 * variable port; data ports count from 1. Specs and objects of all ports are given and got with that port.
 */
public final class Node {

    /** What the message of a failed execution starts with, unless the failure's own message is meant for users. */
    public static final String EXECUTE_FAILED_PREFIX = "Execute failed: ";

    private static final NodeLogger LOGGER = NodeLogger.getLogger(Node.class);

    private final NodeFactory<NodeModel> m_factory;
    private final ModifiableNodeCreationConfiguration m_creationConfig;
    private final NodeModel m_model;
    private final PortNames m_portNames;
    private final List<NodeMessageListener> m_messageListeners = new CopyOnWriteArrayList<>();
    private final PortObjectSpec[] m_outSpecs;
    private final PortObject[] m_outObjects;
    private IFileStoreHandler m_fileStoreHandler;

    public Node(final NodeFactory<NodeModel> nodeFactory) {
        this(nodeFactory, null);
    }

    /** @param creationConfig the node's ports; null for those of a new node */
    public Node(final NodeFactory<NodeModel> nodeFactory, final ModifiableNodeCreationConfiguration creationConfig) {
        m_factory = nodeFactory;
        if (nodeFactory instanceof ConfigurableNodeFactory<NodeModel> configurable) {
            m_creationConfig = creationConfig == null ? configurable.createNodeCreationConfig() : creationConfig;
            m_model = configurable.createNodeModel(m_creationConfig);
        } else {
            m_creationConfig = null;
            m_model = nodeFactory.createNodeModel();
        }
        m_portNames = new PortNames(nodeFactory.getNodeDescription(), m_creationConfig);
        m_outSpecs = new PortObjectSpec[getNrOutPorts()];
        m_outObjects = new PortObject[getNrOutPorts()];
        m_model.addWarningListener(warning -> {
            if (warning != null) {
                notifyMessageListeners(warning.toNodeMessage(NodeMessage.Type.WARNING));
            }
        });
    }

    public NodeFactory<NodeModel> getFactory() {
        return m_factory;
    }

    public NodeModel getNodeModel() {
        return m_model;
    }

    public String getName() {
        return m_factory.getNodeName();
    }

    public NodeType getType() {
        return m_factory.getType();
    }

    /** The description of the node as the element {@code knimeNode}. */
    public Element getXMLDescription() {
        return m_factory.getXMLDescription();
    }

    public static NodeDescription invokeGetNodeDescription(final NodeFactory<?> nodeFactory) {
        return nodeFactory.getNodeDescription();
    }

    /** A copy of the node's port configuration; empty if its factory is not configurable. */
    public Optional<ModifiableNodeCreationConfiguration> getCopyOfCreationConfig() {
        return Optional.ofNullable(m_creationConfig).map(ModifiableNodeCreationConfiguration::copy);
    }

    public int getNrInPorts() {
        return m_model.getNrInPorts() + 1;
    }

    public int getNrOutPorts() {
        return m_model.getNrOutPorts() + 1;
    }

    public PortType getInputType(final int index) {
        return index == 0 ? FlowVariablePortObject.TYPE_OPTIONAL : m_model.getInPortType(index - 1);
    }

    public PortType getOutputType(final int index) {
        return index == 0 ? FlowVariablePortObject.TYPE : m_model.getOutPortType(index - 1);
    }

    public String getInportName(final int index) {
        return index == 0 ? "Variable Inport" : m_portNames.input(index - 1);
    }

    public String getOutportName(final int index) {
        return index == 0 ? "Variable Outport" : m_portNames.output(index - 1);
    }

    /** The spec of an output port; null if it is not known. */
    public PortObjectSpec getOutputSpec(final int index) {
        return m_outSpecs[index];
    }

    /** The object at an output port; null if the node is not executed. */
    public PortObject getOutputObject(final int index) {
        return m_outObjects[index];
    }

    /** What the model keeps for its view; null if nothing. */
    public PortObject[] getInternalHeldPortObjects() {
        return m_model instanceof PortObjectHolder holder ? holder.getInternalPortObjects() : null;
    }

    /** @throws InvalidSettingsException also if the model throws anything else */
    public void validateModelSettings(final NodeSettingsRO modelSettings) throws InvalidSettingsException {
        try {
            m_model.validateSettings(modelSettings);
        } catch (final RuntimeException e) {
            throw codingIssue(e);
        }
    }

    /** @throws InvalidSettingsException also if the model throws anything else */
    public void validateViewSettings(final NodeSettingsRO viewSettings) throws InvalidSettingsException {
        try {
            m_model.validateViewSettings(viewSettings);
        } catch (final RuntimeException e) {
            throw codingIssue(e);
        }
    }

    /** @throws InvalidSettingsException also if the model throws anything else */
    public void loadModelSettingsFrom(final NodeSettingsRO modelSettings) throws InvalidSettingsException {
        try {
            m_model.loadSettingsFrom(modelSettings);
        } catch (final RuntimeException e) {
            throw codingIssue(e);
        }
    }

    private InvalidSettingsException codingIssue(final RuntimeException e) {
        LOGGER.coding("Loading the settings of " + getName() + " failed", e);
        return new InvalidSettingsException("Coding issue: " + e.getMessage(), e);
    }

    public void saveModelSettingsTo(final NodeSettingsWO modelSettings) {
        m_model.saveSettingsTo(modelSettings);
    }

    public void saveDefaultViewSettingsTo(final NodeSettingsWO viewSettings) {
        m_model.saveDefaultViewSettingsTo(viewSettings);
    }

    public void setFileStoreHandler(final IFileStoreHandler fileStoreHandler) {
        m_fileStoreHandler = fileStoreHandler;
    }

    public IFileStoreHandler getFileStoreHandler() {
        return m_fileStoreHandler;
    }

    public static IWriteFileStoreHandler invokeGetFileStoreHandler(final ExecutionContext exec) {
        return exec.getFileStoreHandler();
    }

    /**
     * Lets the model compute the output specs.
     *
     * @param rawInSpecs one for each input port; if one is null that must not be, the node is not configured
     * @return false if it is not configured; the reason has been sent to the message listeners
     */
    public boolean configure(final PortObjectSpec[] rawInSpecs) {
        notifyMessageListeners(NodeMessage.NONE);
        Arrays.fill(m_outSpecs, null);
        final PortObjectSpec[] inSpecs = Arrays.copyOfRange(rawInSpecs, 1, rawInSpecs.length);
        for (int i = 0; i < inSpecs.length; i++) {
            if (inSpecs[i] == null && !m_model.getInPortType(i).isOptional()) {
                return false;
            }
        }
        try {
            final PortObjectSpec[] outSpecs = m_model.configureModel(inSpecs);
            System.arraycopy(outSpecs, 0, m_outSpecs, 1, outSpecs.length);
            m_outSpecs[0] = FlowVariablePortObjectSpec.INSTANCE;
            return true;
        } catch (final InvalidSettingsException e) {
            notifyMessageListeners(messageOf(e, "").toNodeMessage(NodeMessage.Type.WARNING));
        } catch (final RuntimeException e) {
            LOGGER.error("Configuring " + getName() + " failed", e);
            final String prefix = "Configure failed (" + e.getClass().getSimpleName() + "): ";
            notifyMessageListeners(messageOf(e, prefix).toNodeMessage(NodeMessage.Type.ERROR));
        }
        return false;
    }

    /**
     * Lets the model compute the output objects.
     *
     * @param rawInData one for each input port
     * @return false if it failed or was canceled; the reason has been sent to the message listeners
     */
    public boolean execute(
            final PortObject[] rawInData, final ExecutionEnvironment exEnv, final ExecutionContext exec) {
        notifyMessageListeners(NodeMessage.NONE);
        try {
            exec.checkCanceled();
            final PortObject[] outObjects =
                    m_model.executeModel(Arrays.copyOfRange(rawInData, 1, rawInData.length), exec);
            warnOfChangedSpecs(outObjects);
            System.arraycopy(outObjects, 0, m_outObjects, 1, outObjects.length);
            m_outObjects[0] = FlowVariablePortObject.INSTANCE;
            for (int i = 0; i < m_outObjects.length; i++) {
                m_outSpecs[i] = m_outObjects[i].getSpec();
            }
            return true;
        } catch (final CanceledExecutionException e) {
            canceled(e);
        } catch (final Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            failed(e, exec);
        }
        return false;
    }

    private void warnOfChangedSpecs(final PortObject[] outObjects) {
        for (int i = 0; i < outObjects.length; i++) {
            final PortObjectSpec configured = m_outSpecs[i + 1];
            if (configured instanceof DataTableSpec spec
                    && outObjects[i].getSpec() instanceof DataTableSpec actual
                    && !spec.equalStructure(actual)) {
                LOGGER.codingWithFormat(
                        "%s: the spec of output %d changed between configure (%s) and execute (%s)",
                        getName(), i + 1, spec, actual);
            }
        }
    }

    private void failed(final Throwable failure, final ExecutionContext exec) {
        try {
            exec.checkCanceled();
        } catch (final CanceledExecutionException e) { // what failed did so because it was canceled
            canceled(e);
            return;
        }
        LOGGER.error("Executing " + getName() + " failed", failure);
        final Message message = messageOf(failure, EXECUTE_FAILED_PREFIX);
        reset();
        notifyMessageListeners(message.toNodeMessage(NodeMessage.Type.ERROR));
    }

    private void canceled(final CanceledExecutionException e) {
        Thread.interrupted(); // the interrupt was the request to stop
        reset();
        notifyMessageListeners(e.getKNIMEMessage().toNodeMessage(NodeMessage.Type.WARNING));
    }

    private static Message messageOf(final Throwable failure, final String prefix) {
        if (failure instanceof MessageAwareException aware) {
            return aware.getKNIMEMessage();
        }
        final String text = failure.getMessage();
        return Message.fromSummary(prefix
                + (text == null || text.length() < 5
                        ? "(\"" + failure.getClass().getSimpleName() + "\"): " + text
                        : text));
    }

    /** Forgets the result of the last execution. */
    public void reset() {
        m_model.resetModel();
        Arrays.fill(m_outObjects, null);
        notifyMessageListeners(NodeMessage.NONE);
    }

    /** Writes what the executed model keeps beside its output; a failure becomes a warning. */
    public void saveInternals(final File internDir, final ExecutionMonitor exec) throws CanceledExecutionException {
        try {
            m_model.saveInternals(internDir, exec);
        } catch (final IOException e) {
            notifyMessageListeners(NodeMessage.newWarning("Unable to save internals: " + e.getMessage()));
        }
    }

    /** Restores what {@link #saveInternals} wrote; a failure becomes a warning. */
    public void loadInternals(final File internDir, final ExecutionMonitor exec) throws CanceledExecutionException {
        try {
            m_model.loadInternals(internDir, exec);
        } catch (final IOException e) {
            notifyMessageListeners(NodeMessage.newWarning("Unable to load internals: " + e.getMessage()));
        }
    }

    public void addMessageListener(final NodeMessageListener listener) {
        m_messageListeners.add(listener);
    }

    public void removeMessageListener(final NodeMessageListener listener) {
        m_messageListeners.remove(listener);
    }

    private void notifyMessageListeners(final NodeMessage message) {
        final NodeMessageEvent event = new NodeMessageEvent(new NodeID(0), message);
        m_messageListeners.forEach(listener -> listener.messageChanged(event));
    }
}
