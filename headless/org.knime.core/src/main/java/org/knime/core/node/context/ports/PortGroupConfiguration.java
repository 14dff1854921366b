package org.knime.core.node.context.ports;

import org.knime.core.node.context.DeepCopy;
import org.knime.core.node.context.NodeSettingsPersistable;
import org.knime.core.node.port.PortType;

/** A group of ports. */
public interface PortGroupConfiguration extends DeepCopy<PortGroupConfiguration>, NodeSettingsPersistable {

    /** @throws UnsupportedOperationException if the group has no input side */
    PortType[] getInputPorts();

    /** @throws UnsupportedOperationException if the group has no output side */
    PortType[] getOutputPorts();

    boolean definesInputPorts();

    boolean definesOutputPorts();
}
