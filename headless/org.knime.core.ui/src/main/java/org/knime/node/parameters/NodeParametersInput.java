package org.knime.node.parameters;

import org.knime.core.node.port.PortObjectSpec;

/** The input of the node at the time its parameters are made or its dialog is shown. */
public interface NodeParametersInput {

    /** One element for each data input; null where nothing is known. */
    PortObjectSpec[] getInPortSpecs();
}
