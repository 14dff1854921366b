package org.knime.core.node.context.ports.impl;

import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.context.ports.PortGroupConfiguration;
import org.knime.core.node.port.PortType;

/** A group whose ports never change. */
public final class DefaultFixedPortGroup implements PortGroupConfiguration {

    private final PortType[] m_types;
    private final boolean m_input;
    private final boolean m_output;

    public DefaultFixedPortGroup(
            final PortType[] fixedPortTypes, final boolean definesInputPorts, final boolean definesOutputPorts) {
        m_types = fixedPortTypes.clone();
        m_input = definesInputPorts;
        m_output = definesOutputPorts;
    }

    @Override
    public DefaultFixedPortGroup copy() {
        return new DefaultFixedPortGroup(m_types, m_input, m_output);
    }

    @Override
    public void saveSettingsTo(final NodeSettingsWO settings) {
        // the ports are part of the node
    }

    @Override
    public void loadSettingsFrom(final NodeSettingsRO settings) {
        // the ports are part of the node
    }

    @Override
    public boolean definesInputPorts() {
        return m_input;
    }

    @Override
    public boolean definesOutputPorts() {
        return m_output;
    }

    @Override
    public PortType[] getInputPorts() {
        return ports(m_input);
    }

    @Override
    public PortType[] getOutputPorts() {
        return ports(m_output);
    }

    private PortType[] ports(final boolean defined) {
        if (!defined) {
            throw new UnsupportedOperationException("The port group has no ports on this side");
        }
        return m_types.clone();
    }
}
