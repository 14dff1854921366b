package org.knime.core.node.context.ports.impl;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.context.ports.ExtendablePortGroup;
import org.knime.core.node.port.PortType;

/** A group to which the user adds ports; an optional port is such a group of at most one. */
public final class DefaultExtendablePortGroup implements ExtendablePortGroup {

    private final PortType[] m_fixed;
    private final PortType[] m_supported;
    private final List<PortType> m_added = new ArrayList<>();
    private final boolean m_input;
    private final boolean m_output;
    private final int m_max;

    public DefaultExtendablePortGroup(
            final PortType[] fixedPortTypes,
            final PortType[] supportedTypes,
            final boolean definesInputPorts,
            final boolean definesOutputPorts) {
        this(fixedPortTypes, supportedTypes, definesInputPorts, definesOutputPorts, Integer.MAX_VALUE);
    }

    /** @param maxAdditionalPorts how many ports the user may add */
    public DefaultExtendablePortGroup(
            final PortType[] fixedPortTypes,
            final PortType[] supportedTypes,
            final boolean definesInputPorts,
            final boolean definesOutputPorts,
            final int maxAdditionalPorts) {
        m_fixed = fixedPortTypes.clone();
        m_supported = supportedTypes.clone();
        m_input = definesInputPorts;
        m_output = definesOutputPorts;
        m_max = maxAdditionalPorts;
    }

    @Override
    public DefaultExtendablePortGroup copy() {
        final DefaultExtendablePortGroup copy =
                new DefaultExtendablePortGroup(m_fixed, m_supported, m_input, m_output, m_max);
        copy.m_added.addAll(m_added);
        return copy;
    }

    /** Writes the added ports as {@code port_0}, {@code port_1}, ... */
    @Override
    public void saveSettingsTo(final NodeSettingsWO settings) {
        for (int i = 0; i < m_added.size(); i++) {
            m_added.get(i).save(settings.addNodeSettings("port_" + i));
        }
    }

    /** Replaces the added ports by those in the settings. */
    @Override
    public void loadSettingsFrom(final NodeSettingsRO settings) throws InvalidSettingsException {
        final List<PortType> loaded = new ArrayList<>();
        for (final String key : settings) {
            loaded.add(PortType.load(settings.getNodeSettings(key)));
        }
        m_added.clear();
        m_added.addAll(loaded);
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
    public PortType[] getSupportedPortTypes() {
        return m_supported.clone();
    }

    @Override
    public PortType[] getFixedPorts() {
        return m_fixed.clone();
    }

    @Override
    public PortType[] getConfiguredPorts() {
        return m_added.toArray(PortType[]::new);
    }

    @Override
    public boolean canAddPort() {
        return m_added.size() < m_max;
    }

    @Override
    public boolean hasConfiguredPorts() {
        return !m_added.isEmpty();
    }

    @Override
    public void addPort(final PortType pType) {
        m_added.add(pType);
    }

    @Override
    public PortType removeLastPort() {
        return m_added.remove(m_added.size() - 1);
    }
}
