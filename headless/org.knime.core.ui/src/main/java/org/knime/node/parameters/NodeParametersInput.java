package org.knime.node.parameters;

import java.util.Optional;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** The input of the node at the time its parameters are made or its dialog is shown. Data ports count from 0. */
public interface NodeParametersInput {

    PortType[] getInPortTypes();

    /** Empty where nothing is known. */
    Optional<PortObjectSpec> getInPortSpec(int portIndex);

    /** Empty where the node before has not been executed. */
    Optional<PortObject> getInPortObject(int portIndex);
}
