package org.realm4knime.standin.node;

import java.util.List;
import java.util.Optional;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParametersInput;

/**
 * What parameters see of a node when they are made.
 *
 * @param types of the data inputs
 * @param specs as many; null where nothing is known
 */
record DialogInput(List<PortType> types, List<PortObjectSpec> specs) implements NodeParametersInput {

    @Override
    public PortType[] getInPortTypes() {
        return types.toArray(PortType[]::new);
    }

    @Override
    public Optional<PortObjectSpec> getInPortSpec(int portIndex) {
        return portIndex < specs.size() ? Optional.ofNullable(specs.get(portIndex)) : Optional.empty();
    }

    @Override
    public Optional<PortObject> getInPortObject(int portIndex) {
        return Optional.empty(); // parameters are made before anything has been executed
    }
}
