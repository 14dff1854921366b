package org.realm4knime.standin.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortType;
import org.realm4knime.standin.node.PortGroup.Mode;
import org.realm4knime.standin.node.PortGroup.Side;

/** The ports of one node. Data ports count from 0 on either side. */
public final class NodePorts {

    private static final String CONFIGURATION = "node_creation_config";
    private static final String PORT = "port_";
    private static final String OBJECT_CLASS = "object_class";

    private final List<PortGroup> groups;
    private final Map<String, Integer> added = new LinkedHashMap<>(); // number of ports beside the fixed ones, by group

    /** @param groups of a node, which has the ports of a new one */
    public NodePorts(List<PortGroup> groups) {
        this.groups = List.copyOf(groups);
        groups.forEach(group -> added.put(group.id(), group.defaults()));
    }

    /** @return identifiers of the groups whose number of ports can be changed */
    public List<String> changeable() {
        return groups.stream()
                .filter(group -> group.mode() != Mode.FIXED)
                .map(PortGroup::id)
                .toList();
    }

    /**
     * @param id of a changeable group
     * @param number how many ports it is to have, with the fixed ones
     * @throws IllegalArgumentException if it cannot have so many or so few
     */
    public void resize(String id, int number) {
        PortGroup group =
                groups.stream().filter(g -> g.id().equals(id)).findFirst().orElseThrow();
        int more = number - group.fixed();
        if (more < 0 || more > group.mode().maxAdded()) {
            throw new IllegalArgumentException("The port group \"%s\" cannot have %d ports.".formatted(id, number));
        }
        added.put(id, more);
    }

    /**
     * @param id of a group
     * @return how many ports it has
     */
    public int size(String id) {
        return groups.stream()
                .filter(g -> g.id().equals(id))
                .mapToInt(this::size)
                .sum();
    }

    private int size(PortGroup group) {
        return group.fixed() + added.get(group.id());
    }

    private List<PortGroup> on(Side side) {
        return groups.stream().filter(group -> group.side() == side).toList();
    }

    /**
     * @param side inputs or outputs
     * @return types of the ports there
     */
    public List<PortType> types(Side side) {
        List<PortType> types = new ArrayList<>();
        on(side).forEach(group -> IntStream.range(0, size(group)).forEach(i -> types.add(group.type())));
        return types;
    }

    /**
     * The name that KNIME shows at a port. KNIME counts the fixed ports of an extendable group among the ports but
     * names only those that were added. So the ports from there on get the names of later ones, and the last get none.
     *
     * @param side inputs or outputs
     * @param index of a port
     * @return its name; "No name" where KNIME has none
     */
    public String name(Side side, int index) {
        List<String> names = new ArrayList<>();
        for (PortGroup group : on(side)) {
            int named = group.mode() == Mode.FIXED ? 1 : added.get(group.id());
            IntStream.range(0, named).forEach(i -> names.add(group.name()));
        }
        return index < names.size() ? names.get(index) : "No name";
    }

    /**
     * @param side inputs or outputs
     * @return positions there of the ports of each group that has any, by the group's identifier
     */
    public Map<String, int[]> positions(Side side) {
        Map<String, int[]> positions = new LinkedHashMap<>();
        int next = 0;
        for (PortGroup group : on(side)) {
            int end = next + size(group);
            if (end > next) {
                positions.put(group.id(), IntStream.range(next, end).toArray());
            }
            next = end;
        }
        return positions;
    }

    /** @param settings a node's settings.xml, to which the ports are added */
    public void save(NodeSettingsWO settings) {
        if (groups.isEmpty()) {
            return;
        }
        NodeSettingsWO configuration = settings.addNodeSettings(CONFIGURATION);
        for (PortGroup group : groups) {
            NodeSettingsWO saved = configuration.addNodeSettings(group.id());
            for (int i = 0; i < added.get(group.id()); i++) {
                saved.addNodeSettings(PORT + i)
                        .addString(
                                OBJECT_CLASS, group.type().getPortObjectClass().getName());
            }
        }
    }

    /**
     * @param settings a node's settings.xml; groups that it does not name keep their ports
     * @throws InvalidSettingsException if it names ports that the node cannot have
     */
    public void load(NodeSettingsRO settings) throws InvalidSettingsException {
        if (!settings.containsKey(CONFIGURATION)) {
            return;
        }
        NodeSettingsRO configuration = settings.getNodeSettings(CONFIGURATION);
        for (PortGroup group : groups) {
            if (configuration.containsKey(group.id())) {
                load(group, configuration.getNodeSettings(group.id()));
            }
        }
    }

    private void load(PortGroup group, NodeSettingsRO saved) throws InvalidSettingsException {
        for (String key : saved.keySet()) {
            String objects = saved.getNodeSettings(key).getString(OBJECT_CLASS);
            if (!objects.equals(group.type().getPortObjectClass().getName())) {
                throw new InvalidSettingsException("The port group \"%s\" takes %s, not objects of class %s."
                        .formatted(group.id(), group.type().getName(), objects));
            }
        }
        try {
            resize(group.id(), group.fixed() + saved.keySet().size());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
