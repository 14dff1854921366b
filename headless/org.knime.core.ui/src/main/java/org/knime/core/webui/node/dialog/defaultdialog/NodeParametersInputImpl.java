package org.knime.core.webui.node.dialog.defaultdialog;

import java.util.Arrays;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.context.ports.PortsConfiguration;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.node.parameters.NodeParametersInput;

/**
 * The input of a node by its specs; no port object is known.
 *
 * @param ports null if they are not known
 */
record NodeParametersInputImpl(PortObjectSpec[] specs, PortsConfiguration ports) implements NodeParametersInput {

    static NodeParametersInput ofCurrentContext(final PortObjectSpec[] specs) {
        final PortsConfiguration ports = NodeContext.getContextOptional()
                .map(NodeContext::getNodeContainer)
                .filter(NativeNodeContainer.class::isInstance)
                .flatMap(node -> ((NativeNodeContainer) node).getNode().getCopyOfCreationConfig())
                .flatMap(ModifiableNodeCreationConfiguration::getPortConfig)
                .orElse(null);
        return new NodeParametersInputImpl(specs.clone(), ports);
    }

    @Override
    public PortType[] getInPortTypes() {
        if (ports != null) {
            return ports.getInputPorts();
        }
        final PortType[] types = new PortType[specs.length];
        Arrays.fill(types, PortObject.TYPE);
        return types;
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return specs;
    }

    @Override
    public Optional<PortObjectSpec> getInPortSpec(final int portIndex) {
        return portIndex >= 0 && portIndex < specs.length ? Optional.ofNullable(specs[portIndex]) : Optional.empty();
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        return Arrays.stream(specs).map(DataTableSpec.class::cast).toArray(DataTableSpec[]::new);
    }

    @Override
    public Optional<DataTableSpec> getInTableSpec(final int portIndex) {
        return getInPortSpec(portIndex).map(DataTableSpec.class::cast);
    }

    @Override
    public PortObject[] getInPortObjects() {
        return new PortObject[specs.length];
    }

    @Override
    public Optional<PortObject> getInPortObject(final int portIndex) {
        return Optional.empty();
    }

    @Override
    public BufferedDataTable[] getInTables() {
        return new BufferedDataTable[specs.length];
    }

    @Override
    public Optional<BufferedDataTable> getInTable(final int portIndex) {
        return Optional.empty();
    }

    @Override
    public PortType[] getOutPortTypes() {
        return ports == null ? new PortType[0] : ports.getOutputPorts();
    }
}
