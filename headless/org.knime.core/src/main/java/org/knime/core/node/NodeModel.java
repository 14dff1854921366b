package org.knime.core.node;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.message.Message;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** What a node does: its settings, what it makes of specs, and what it makes of data. */
public abstract class NodeModel {

    private final PortType[] m_inTypes;
    private final PortType[] m_outTypes;
    private final List<NodeModelWarningListener> m_warningListeners = new CopyOnWriteArrayList<>();
    private Message m_warning;

    /** A node with data tables only. */
    protected NodeModel(final int nrInDataPorts, final int nrOutDataPorts) {
        this(tables(nrInDataPorts), tables(nrOutDataPorts));
    }

    protected NodeModel(final PortType[] inPortTypes, final PortType[] outPortTypes) {
        m_inTypes = inPortTypes == null ? new PortType[0] : inPortTypes.clone();
        m_outTypes = outPortTypes == null ? new PortType[0] : outPortTypes.clone();
    }

    private static PortType[] tables(final int number) {
        final PortType[] types = new PortType[number];
        Arrays.fill(types, BufferedDataTable.TYPE);
        return types;
    }

    protected final int getNrInPorts() {
        return m_inTypes.length;
    }

    protected final int getNrOutPorts() {
        return m_outTypes.length;
    }

    protected final PortType getInPortType(final int index) {
        return m_inTypes[index];
    }

    protected final PortType getOutPortType(final int index) {
        return m_outTypes[index];
    }

    protected abstract void saveSettingsTo(NodeSettingsWO settings);

    protected abstract void validateSettings(NodeSettingsRO settings) throws InvalidSettingsException;

    protected abstract void loadValidatedSettingsFrom(NodeSettingsRO settings) throws InvalidSettingsException;

    protected void validateViewSettings(final NodeSettingsRO viewSettings) throws InvalidSettingsException {
        // nodes without view settings have nothing to check
    }

    protected void saveDefaultViewSettingsTo(final NodeSettingsWO viewSettings) {
        // nodes without view settings have nothing to save
    }

    /** Restores what {@link #saveInternals} wrote. */
    protected abstract void loadInternals(File nodeInternDir, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    /** Writes what the executed node keeps beside its output. */
    protected abstract void saveInternals(File nodeInternDir, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    /** Forgets what the last execution left. */
    protected abstract void reset();

    /** The specs of the output; a null element means that it is not known before execution. */
    protected PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        return configure(Arrays.copyOf(inSpecs, inSpecs.length, DataTableSpec[].class));
    }

    protected DataTableSpec[] configure(final DataTableSpec[] inSpecs) throws InvalidSettingsException {
        throw new IllegalStateException(getClass().getName() + " must override one of the configure methods");
    }

    protected PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) throws Exception {
        return execute(Arrays.copyOf(inObjects, inObjects.length, BufferedDataTable[].class), exec);
    }

    protected BufferedDataTable[] execute(final BufferedDataTable[] inData, final ExecutionContext exec)
            throws Exception {
        throw new IllegalStateException(getClass().getName() + " must override one of the execute methods");
    }

    final void loadSettingsFrom(final NodeSettingsRO settings) throws InvalidSettingsException {
        validateSettings(settings);
        loadValidatedSettingsFrom(settings);
    }

    /** Configures with the data ports' specs; the result has as many elements as there are output ports. */
    final PortObjectSpec[] configureModel(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        setWarningMessage(null);
        for (int i = 0; i < inSpecs.length; i++) {
            if (inSpecs[i] != null && !m_inTypes[i].acceptsPortObjectSpec(inSpecs[i])) {
                throw new InvalidSettingsException(String.format(
                        "Input port %d takes %s, but it is connected to %s.",
                        i + 1, m_inTypes[i], inSpecs[i].getClass().getSimpleName()));
            }
        }
        final PortObjectSpec[] outSpecs = configure(inSpecs);
        if (outSpecs != null && outSpecs.length != m_outTypes.length) {
            throw new IllegalStateException(String.format(
                    "%s has %d output ports, but configure returned %d specs",
                    getClass().getName(), m_outTypes.length, outSpecs.length));
        }
        return outSpecs == null ? new PortObjectSpec[m_outTypes.length] : outSpecs;
    }

    /** Executes with the data ports' objects; the result has no null element. */
    final PortObject[] executeModel(final PortObject[] inObjects, final ExecutionContext exec) throws Exception {
        setWarningMessage(null);
        for (int i = 0; i < inObjects.length; i++) {
            if (!(m_inTypes[i].isOptional() && inObjects[i] == null) && !m_inTypes[i].acceptsPortObject(inObjects[i])) {
                throw new IllegalStateException(
                        String.format("Input port %d takes %s, but got %s", i + 1, m_inTypes[i], inObjects[i]));
            }
        }
        final PortObject[] outObjects = execute(inObjects, exec);
        exec.checkCanceled();
        if (outObjects == null || outObjects.length != m_outTypes.length) {
            throw new IllegalStateException(String.format(
                    "%s has %d output ports, but execute returned %s objects",
                    getClass().getName(), m_outTypes.length, outObjects == null ? "no" : outObjects.length));
        }
        for (int i = 0; i < outObjects.length; i++) {
            if (outObjects[i] == null) {
                throw new IllegalStateException("The node has set no data at output port " + (i + 1) + ".");
            }
            if (outObjects[i] instanceof FileStorePortObject object) {
                FileStoreUtil.invokeFlush(object);
            }
        }
        warnOfEmptyTables(outObjects);
        return outObjects;
    }

    private void warnOfEmptyTables(final PortObject[] outObjects) {
        final List<BufferedDataTable> tables = Arrays.stream(outObjects)
                .filter(BufferedDataTable.class::isInstance)
                .map(BufferedDataTable.class::cast)
                .toList();
        if (m_warning == null && !tables.isEmpty() && tables.stream().allMatch(table -> table.size() == 0)) {
            setWarningMessage(
                    tables.size() == 1 ? "The output table has no rows." : "None of the output tables has rows.");
        }
    }

    final void resetModel() {
        setWarningMessage(null);
        reset();
    }

    /** @param warningMessage null to clear the warning */
    protected final void setWarningMessage(final String warningMessage) {
        setWarning(Optional.ofNullable(warningMessage).map(Message::fromSummary).orElse(null));
    }

    protected final String getWarningMessage() {
        return m_warning == null ? null : m_warning.getSummary();
    }

    /** @param message null to clear the warning */
    protected final void setWarning(final Message message) {
        m_warning = message;
        m_warningListeners.forEach(listener -> listener.warningChanged(message));
    }

    protected final Message getWarning() {
        return m_warning;
    }

    public void addWarningListener(final NodeModelWarningListener listener) {
        m_warningListeners.add(listener);
    }

    public void removeWarningListener(final NodeModelWarningListener listener) {
        m_warningListeners.remove(listener);
    }

    protected final NodeLogger getLogger() {
        return NodeLogger.getLogger(getClass());
    }
}
