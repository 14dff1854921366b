package org.knime.core.node.context.ports;

import org.knime.core.node.port.PortType;

/** A group whose ports the user can change. */
public interface ConfigurablePortGroup extends PortGroupConfiguration {

    /** The types a port of the group may have. */
    PortType[] getSupportedPortTypes();
}
