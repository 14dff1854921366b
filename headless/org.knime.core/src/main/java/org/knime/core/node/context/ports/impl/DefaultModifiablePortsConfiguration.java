package org.knime.core.node.context.ports.impl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.context.ports.ExtendablePortGroup;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;
import org.knime.core.node.context.ports.PortGroupConfiguration;
import org.knime.core.node.port.PortType;

/** The port groups of a node in their order. */
public final class DefaultModifiablePortsConfiguration implements ModifiablePortsConfiguration {

    private final Map<String, PortGroupConfiguration> m_groups;

    public DefaultModifiablePortsConfiguration(final Map<String, PortGroupConfiguration> portGroups) {
        m_groups = new LinkedHashMap<>(portGroups);
    }

    @Override
    public ModifiablePortsConfiguration copy() {
        final Map<String, PortGroupConfiguration> copy = new LinkedHashMap<>();
        m_groups.forEach((name, group) -> copy.put(name, group.copy()));
        return new DefaultModifiablePortsConfiguration(copy);
    }

    /** Adds a sub config for each group. */
    @Override
    public void saveSettingsTo(final NodeSettingsWO settings) {
        m_groups.forEach((name, group) -> group.saveSettingsTo(settings.addNodeSettings(name)));
    }

    /** Reads the groups that are in the settings; the others stay as they are. */
    @Override
    public void loadSettingsFrom(final NodeSettingsRO settings) throws InvalidSettingsException {
        for (final Map.Entry<String, PortGroupConfiguration> group : m_groups.entrySet()) {
            if (settings.containsKey(group.getKey())) {
                group.getValue().loadSettingsFrom(settings.getNodeSettings(group.getKey()));
            }
        }
    }

    @Override
    public Map<String, ExtendablePortGroup> getExtendablePorts() {
        final Map<String, ExtendablePortGroup> extendable = new LinkedHashMap<>();
        m_groups.forEach((name, group) -> {
            if (group instanceof ExtendablePortGroup g) {
                extendable.put(name, g);
            }
        });
        return extendable;
    }

    @Override
    public PortGroupConfiguration getGroup(final String grpName) {
        final PortGroupConfiguration group = m_groups.get(grpName);
        if (group == null) {
            throw new NoSuchElementException("There is no port group \"" + grpName + "\"");
        }
        return group;
    }

    @Override
    public List<String> getPortGroupNames() {
        return List.copyOf(m_groups.keySet());
    }

    @Override
    public PortType[] getInputPorts() {
        return ports(PortGroupConfiguration::definesInputPorts, PortGroupConfiguration::getInputPorts);
    }

    @Override
    public PortType[] getOutputPorts() {
        return ports(PortGroupConfiguration::definesOutputPorts, PortGroupConfiguration::getOutputPorts);
    }

    private PortType[] ports(
            final Predicate<PortGroupConfiguration> side, final Function<PortGroupConfiguration, PortType[]> ports) {
        return m_groups.values().stream()
                .filter(side)
                .map(ports)
                .flatMap(Stream::of)
                .toArray(PortType[]::new);
    }

    @Override
    public Map<String, int[]> getInputPortLocation() {
        return locations(PortGroupConfiguration::definesInputPorts, PortGroupConfiguration::getInputPorts);
    }

    @Override
    public Map<String, int[]> getOutputPortLocation() {
        return locations(PortGroupConfiguration::definesOutputPorts, PortGroupConfiguration::getOutputPorts);
    }

    private Map<String, int[]> locations(
            final Predicate<PortGroupConfiguration> side, final Function<PortGroupConfiguration, PortType[]> ports) {
        final Map<String, int[]> locations = new LinkedHashMap<>();
        int next = 0;
        for (final Map.Entry<String, PortGroupConfiguration> group : m_groups.entrySet()) {
            final int size = side.test(group.getValue()) ? ports.apply(group.getValue()).length : 0;
            if (size > 0) {
                locations.put(group.getKey(), IntStream.range(next, next + size).toArray());
            }
            next += size;
        }
        return locations;
    }
}
