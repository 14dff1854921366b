package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.knime.node.RequirePorts.RequireConfigurablePortMode;
import org.knime.node.RequirePorts.RequirePortName;
import org.knime.node.RequirePorts.RequireSupportedTypes;
import org.realm4knime.standin.node.PortGroup;
import org.realm4knime.standin.node.PortGroup.Mode;
import org.realm4knime.standin.node.PortGroup.Side;

/** Collects the groups of ports that a node declares. */
final class PortGroups implements DynamicPortsAdder {

    private final List<PortGroup> m_groups = new ArrayList<>();

    private PortGroups() {}

    static List<PortGroup> collect(final Consumer<DynamicPortsAdder> ports) {
        final PortGroups groups = new PortGroups();
        ports.accept(groups);
        return List.copyOf(groups.m_groups);
    }

    @Override
    public DynamicPortsAdder addInputPortGroup(
            final String groupId, final Function<RequirePortName, ConfigurablePort> groupConfiguration) {
        return add(groupId, Side.INPUT, groupConfiguration);
    }

    @Override
    public DynamicPortsAdder addOutputPortGroup(
            final String groupId, final Function<RequirePortName, ConfigurablePort> groupConfiguration) {
        return add(groupId, Side.OUTPUT, groupConfiguration);
    }

    private DynamicPortsAdder add(
            final String id, final Side side, final Function<RequirePortName, ConfigurablePort> configuration) {
        Objects.requireNonNull(
                configuration.apply(name -> description -> new Stage(new PortGroup(id, side, name, description))),
                "configured port");
        return this;
    }

    /** The stages after name and description. */
    private final class Stage implements RequireConfigurablePortMode {

        private final PortGroup m_named;

        Stage(final PortGroup named) {
            m_named = named;
        }

        @Override
        public FinalConfigurablePort fixed(final PortType portType) {
            m_groups.add(m_named.with(Mode.FIXED, portType).withFixed(1));
            return new FinalConfigurablePort();
        }

        @Override
        public RequireSupportedTypes<OptionalConfigurablePort> optional() {
            return portTypes -> {
                m_groups.add(m_named.with(Mode.OPTIONAL, portTypes[0]));
                return new OptionalConfigurablePort() {};
            };
        }

        @Override
        public RequireSupportedTypes<ExtendableConfigurablePort> extendable() {
            return portTypes -> {
                m_groups.add(m_named.with(Mode.EXTENDABLE, portTypes[0]));
                return new Extendable(m_groups.size() - 1);
            };
        }
    }

    private final class Extendable implements ExtendableConfigurablePort {

        private final int m_index;

        Extendable(final int index) {
            m_index = index;
        }

        @Override
        public ExtendableConfigurablePort fixedTypes(final PortType... portTypes) {
            m_groups.set(m_index, m_groups.get(m_index).withFixed(portTypes.length));
            return this;
        }

        @Override
        public ExtendableConfigurablePort defaultNonFixedTypes(final PortType... portTypes) {
            m_groups.set(m_index, m_groups.get(m_index).withDefaults(portTypes.length));
            return this;
        }
    }
}
