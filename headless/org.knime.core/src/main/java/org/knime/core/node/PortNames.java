package org.knime.core.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.knime.core.node.NodeDescription.DynamicPortGroupDescription;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;

/** The names of a node's data ports: those of its description, where a port that a user added has its group's name. */
final class PortNames {

    private final NodeDescription m_description;
    private final List<String> m_inputs;
    private final List<String> m_outputs;

    /** @param config null if the node has no configurable ports */
    PortNames(final NodeDescription description, final ModifiableNodeCreationConfiguration config) {
        m_description = description;
        final ModifiablePortsConfiguration ports =
                config == null ? null : config.getPortConfig().orElse(null);
        m_inputs = ports == null
                ? null
                : names(ports.getInputPortLocation(), description.getDynamicInPortGroups(), description::getInportName);
        m_outputs = ports == null
                ? null
                : names(
                        ports.getOutputPortLocation(),
                        description.getDynamicOutPortGroups(),
                        description::getOutportName);
    }

    private static List<String> names(
            final Map<String, int[]> locations,
            final List<DynamicPortGroupDescription> dynamicGroups,
            final IntFunction<String> fixedName) {
        final List<String> names = new ArrayList<>();
        int fixedPorts = 0;
        for (final Map.Entry<String, int[]> group : locations.entrySet()) {
            final String groupName = dynamicGroups.stream()
                    .filter(dynamic -> dynamic.getGroupIdentifier().equals(group.getKey()))
                    .map(DynamicPortGroupDescription::getGroupName)
                    .findFirst()
                    .orElse(null);
            for (int i = 0; i < group.getValue().length; i++) {
                names.add(groupName == null ? fixedName.apply(fixedPorts++) : groupName);
            }
        }
        return names;
    }

    String input(final int index) {
        return m_inputs == null ? m_description.getInportName(index) : m_inputs.get(index);
    }

    String output(final int index) {
        return m_outputs == null ? m_description.getOutportName(index) : m_outputs.get(index);
    }
}
