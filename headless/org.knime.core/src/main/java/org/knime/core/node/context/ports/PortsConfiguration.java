package org.knime.core.node.context.ports;

import java.util.Map;

/** The data ports of a node, in groups. */
public interface PortsConfiguration {

    /** For each group that has input ports: their positions among all input ports, from 0. */
    Map<String, int[]> getInputPortLocation();

    /** For each group that has output ports: their positions among all output ports, from 0. */
    Map<String, int[]> getOutputPortLocation();
}
