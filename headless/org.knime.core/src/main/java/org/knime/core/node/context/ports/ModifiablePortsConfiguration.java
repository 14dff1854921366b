package org.knime.core.node.context.ports;

import java.util.Map;
import org.knime.core.node.context.DeepCopy;
import org.knime.core.node.context.NodeSettingsPersistable;

/** The ports of a node, whose extendable groups can be changed. */
public interface ModifiablePortsConfiguration
        extends PortsConfiguration, DeepCopy<ModifiablePortsConfiguration>, NodeSettingsPersistable {

    Map<String, ExtendablePortGroup> getExtendablePorts();

    /** @throws java.util.NoSuchElementException if there is no group of that name */
    PortGroupConfiguration getGroup(String grpName);
}
