package org.knime.node;

import java.io.File;
import java.util.Arrays;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.context.ports.PortsConfiguration;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultModel.StandardDefaultModel;
import org.knime.node.parameters.NodeParameters;

/** A {@link DefaultModel} as a node model. */
final class StandardDefaultModelToNodeModelAdapter extends NodeModel implements PortObjectHolder {

    private final StandardDefaultModel m_model;
    private final PortsConfiguration m_portsConfig; // null for a node without ports
    private final Class<? extends NodeParameters> m_viewParametersClass; // null if the view has none
    private PortObjectSpec[] m_inSpecs; // null before the first configure
    private NodeParameters m_parameters; // null until loaded or made for the first input
    private PortObject[] m_internalObjects;

    StandardDefaultModelToNodeModelAdapter(
            final StandardDefaultModel model,
            final PortsConfiguration portsConfig,
            final Class<? extends NodeParameters> viewParametersClass) {
        super(
                portsConfig == null ? new PortType[0] : portsConfig.getInputPorts(),
                portsConfig == null ? new PortType[0] : portsConfig.getOutputPorts());
        m_model = model;
        m_portsConfig = portsConfig;
        m_viewParametersClass = viewParametersClass;
    }

    @Override
    protected void saveSettingsTo(final NodeSettingsWO settings) {
        if (m_model.getParametersClass().isPresent()) {
            final Class<? extends NodeParameters> parametersClass =
                    m_model.getParametersClass().get();
            NodeParametersUtil.saveSettings(
                    parametersClass,
                    m_parameters == null ? NodeParametersUtil.createSettings(parametersClass) : m_parameters,
                    settings);
        }
    }

    @Override
    protected void validateSettings(final NodeSettingsRO settings) throws InvalidSettingsException {
        if (m_model.getParametersClass().isPresent()) {
            NodeParametersUtil.loadSettings(
                            settings, m_model.getParametersClass().get())
                    .validate();
        }
    }

    @Override
    protected void loadValidatedSettingsFrom(final NodeSettingsRO settings) throws InvalidSettingsException {
        if (m_model.getParametersClass().isPresent()) {
            m_parameters = NodeParametersUtil.loadSettings(
                    settings, m_model.getParametersClass().get());
        }
    }

    @Override
    protected void validateViewSettings(final NodeSettingsRO viewSettings) throws InvalidSettingsException {
        if (m_viewParametersClass != null) {
            NodeParametersUtil.loadSettings(viewSettings, m_viewParametersClass).validate();
        }
    }

    @Override
    protected void saveDefaultViewSettingsTo(final NodeSettingsWO viewSettings) {
        if (m_viewParametersClass != null) {
            final NodeParameters parameters = m_inSpecs == null
                    ? NodeParametersUtil.createSettings(m_viewParametersClass)
                    : NodeParametersUtil.createSettings(m_viewParametersClass, m_inSpecs);
            NodeParametersUtil.saveSettings(m_viewParametersClass, parameters, viewSettings);
        }
    }

    @Override
    protected PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        m_inSpecs = inSpecs;
        if (m_parameters == null && m_model.getParametersClass().isPresent()) {
            m_parameters = NodeParametersUtil.createSettings(
                    m_model.getParametersClass().get(), inSpecs);
            m_parameters.validate();
        }
        final PortObjectSpec[] outSpecs = new PortObjectSpec[getNrOutPorts()];
        m_model.m_configure.accept(new Input(inSpecs, null, null), new Output(outSpecs, null));
        return outSpecs;
    }

    @Override
    protected PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) throws Exception {
        final PortObject[] outObjects = new PortObject[getNrOutPorts()];
        m_model.m_execute.accept(new Input(null, inObjects, exec), new Output(null, outObjects));
        return outObjects;
    }

    @Override
    protected void reset() {
        m_internalObjects = null;
    }

    @Override
    public PortObject[] getInternalPortObjects() {
        return m_internalObjects;
    }

    @Override
    public void setInternalPortObjects(final PortObject[] portObjects) {
        m_internalObjects = portObjects;
    }

    @Override
    protected void loadInternals(final File nodeInternDir, final ExecutionMonitor exec) {
        // what is kept are port objects
    }

    @Override
    protected void saveInternals(final File nodeInternDir, final ExecutionMonitor exec) {
        // what is kept are port objects
    }

    /** The input of configure, with specs, or of execute, with objects. */
    private final class Input implements ConfigureInput, ExecuteInput {

        private final PortObjectSpec[] m_specs;
        private final PortObject[] m_objects;
        private final ExecutionContext m_exec;

        Input(final PortObjectSpec[] specs, final PortObject[] objects, final ExecutionContext exec) {
            m_specs = specs;
            m_objects = objects;
            m_exec = exec;
        }

        @Override
        @SuppressWarnings("unchecked") // the class of the parameters is the one the node declares
        public <S extends NodeParameters> S getParameters() {
            return (S) m_parameters;
        }

        @Override
        public PortObjectSpec[] getInPortSpecs() {
            return m_specs;
        }

        @Override
        @SuppressWarnings("unchecked") // the type of the port says which class it is
        public <S extends PortObjectSpec> S getInPortSpec(final int index) {
            return (S) m_specs[index];
        }

        @Override
        public DataTableSpec[] getInTableSpecs() {
            return Arrays.stream(m_specs).map(DataTableSpec.class::cast).toArray(DataTableSpec[]::new);
        }

        @Override
        public DataTableSpec getInTableSpec(final int portIndex) {
            return (DataTableSpec) m_specs[portIndex];
        }

        @Override
        public ExecutionContext getExecutionContext() {
            return m_exec;
        }

        @Override
        public PortObject[] getInPortObjects() {
            return m_objects;
        }

        @Override
        @SuppressWarnings("unchecked") // the type of the port says which class it is
        public <D extends PortObject> D getInPortObject(final int portIndex) {
            return (D) m_objects[portIndex];
        }

        @Override
        public BufferedDataTable[] getInTables() {
            return Arrays.stream(m_objects).map(BufferedDataTable.class::cast).toArray(BufferedDataTable[]::new);
        }

        @Override
        public BufferedDataTable getInTable(final int portIndex) {
            return (BufferedDataTable) m_objects[portIndex];
        }

        @Override
        public PortType[] getOutPortTypes() {
            return m_portsConfig == null ? new PortType[0] : m_portsConfig.getOutputPorts();
        }
    }

    /** The output of configure, with specs, or of execute, with objects. */
    private final class Output implements ConfigureOutput, ExecuteOutput {

        private final PortObjectSpec[] m_specs;
        private final PortObject[] m_objects;

        Output(final PortObjectSpec[] specs, final PortObject[] objects) {
            m_specs = specs;
            m_objects = objects;
        }

        @Override
        public <S extends PortObjectSpec> void setOutSpec(final int index, final S spec) {
            m_specs[index] = spec;
        }

        @Override
        @SafeVarargs
        public final <S extends PortObjectSpec> void setOutSpecs(final S... specs) {
            System.arraycopy(specs, 0, m_specs, 0, specs.length);
        }

        @Override
        public <D extends PortObject> void setOutData(final int index, final D data) {
            m_objects[index] = data;
        }

        @Override
        @SafeVarargs
        public final <D extends PortObject> void setOutData(final D... data) {
            System.arraycopy(data, 0, m_objects, 0, data.length);
        }

        @Override
        @SafeVarargs
        public final <D extends PortObject> void setInternalData(final D... data) {
            setInternalPortObjects(data);
        }

        @Override
        public void setWarningMessage(final String message) {
            StandardDefaultModelToNodeModelAdapter.this.setWarningMessage(message);
        }
    }
}
