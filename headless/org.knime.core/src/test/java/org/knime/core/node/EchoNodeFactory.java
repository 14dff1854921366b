package org.knime.core.node;

import java.io.File;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.context.NodeCreationConfiguration;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.w3c.dom.Element;

/** A node that passes its first table through; it has an optional second table and any number of notebooks. */
public final class EchoNodeFactory extends ConfigurableNodeFactory<EchoNodeFactory.EchoModel> {

    /** What the node does when it is executed. */
    @FunctionalInterface
    public interface Behaviour {
        PortObject[] execute(PortObject[] in, ExecutionContext exec, EchoModel model) throws Exception;
    }

    private final Behaviour m_behaviour;
    private final PortType m_notebook;

    public EchoNodeFactory(final Behaviour behaviour, final PortType notebook) {
        super(true);
        m_behaviour = behaviour;
        m_notebook = notebook;
    }

    @Override
    protected Optional<PortsConfigurationBuilder> createPortsConfigBuilder() {
        final PortsConfigurationBuilder builder = new PortsConfigurationBuilder();
        builder.addFixedInputPortGroup("Table", BufferedDataTable.TYPE);
        builder.addOptionalInputPortGroupWithDefault("More", null, BufferedDataTable.TYPE);
        builder.addExtendableInputPortGroupWithDefault(
                "Notebooks", new PortType[0], new PortType[] {m_notebook}, m_notebook);
        builder.addFixedOutputPortGroup("Result", BufferedDataTable.TYPE);
        return Optional.of(builder);
    }

    @Override
    protected EchoModel createNodeModel(final NodeCreationConfiguration creationConfig) {
        return new EchoModel(
                creationConfig.getPortConfig().orElseThrow().getInputPorts(),
                creationConfig.getPortConfig().orElseThrow().getOutputPorts());
    }

    @Override
    protected NodeDescription createNodeDescription() {
        return new EchoDescription();
    }

    /** The model. */
    public final class EchoModel extends NodeModel {

        private int m_rows = 5;

        EchoModel(final PortType[] in, final PortType[] out) {
            super(in, out);
        }

        void warn(final String message) {
            setWarningMessage(message);
        }

        @Override
        protected PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
            final DataTableSpec spec = (DataTableSpec) inSpecs[0];
            if (spec.getNumColumns() == 0) {
                throw new InvalidSettingsException("The table has no columns.");
            }
            return new PortObjectSpec[] {spec};
        }

        @Override
        protected PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) throws Exception {
            return m_behaviour.execute(inObjects, exec, this);
        }

        @Override
        protected void saveSettingsTo(final NodeSettingsWO settings) {
            settings.addInt("rows", m_rows);
        }

        @Override
        protected void validateSettings(final NodeSettingsRO settings) throws InvalidSettingsException {
            if (settings.getInt("rows") < 0) {
                throw new InvalidSettingsException("Rows must not be negative.");
            }
        }

        @Override
        protected void loadValidatedSettingsFrom(final NodeSettingsRO settings) throws InvalidSettingsException {
            m_rows = settings.getInt("rows");
        }

        @Override
        protected void loadInternals(final File nodeInternDir, final ExecutionMonitor exec) {
            // nothing is kept
        }

        @Override
        protected void saveInternals(final File nodeInternDir, final ExecutionMonitor exec) {
            // nothing is kept
        }

        @Override
        protected void reset() {
            // nothing is kept
        }
    }

    private static final class EchoDescription extends NodeDescription {

        @Override
        public String getIconPath() {
            return null;
        }

        @Override
        public String getNodeName() {
            return "Echo";
        }

        @Override
        public NodeFactory.NodeType getType() {
            return NodeFactory.NodeType.Manipulator;
        }

        @Override
        public String getInportName(final int index) {
            return "Table";
        }

        @Override
        public String getInportDescription(final int index) {
            return "";
        }

        @Override
        public String getOutportName(final int index) {
            return "Result";
        }

        @Override
        public String getOutportDescription(final int index) {
            return "";
        }

        @Override
        public List<DynamicPortGroupDescription> getDynamicInPortGroups() {
            return List.of(
                    new DynamicPortGroupDescription("More rows", "More", ""),
                    new DynamicPortGroupDescription("Notebook", "Notebooks", ""));
        }

        @Override
        public int getViewCount() {
            return 0;
        }

        @Override
        public String getViewName(final int index) {
            return null;
        }

        @Override
        public String getViewDescription(final int index) {
            return null;
        }

        @Override
        public Element getXMLDescription() {
            try {
                return DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .newDocument()
                        .createElement("knimeNode");
            } catch (final ParserConfigurationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
