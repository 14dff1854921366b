package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.knime.node.RequirePorts.RequireConfigurablePortMode;
import org.knime.node.RequirePorts.RequirePortName;
import org.knime.node.RequirePorts.RequireSupportedTypes;

/** A group of ports as a node declares it. */
final class PortGroupDefinition implements RequireConfigurablePortMode {

    /** What users can change. */
    enum Mode {
        FIXED,
        OPTIONAL,
        EXTENDABLE
    }

    final String m_id;
    final String m_name;
    final String m_description;
    final boolean m_input;
    Mode m_mode;
    PortType[] m_supportedTypes = new PortType[0];
    PortType[] m_fixedTypes = new PortType[0];
    PortType[] m_defaultTypes = new PortType[0];

    private PortGroupDefinition(final String id, final String name, final String description, final boolean input) {
        m_id = id;
        m_name = name;
        m_description = description;
        m_input = input;
    }

    /** Collects the groups that a node declares. */
    static List<PortGroupDefinition> collect(final Consumer<DynamicPortsAdder> ports) {
        final List<PortGroupDefinition> groups = new ArrayList<>();
        ports.accept(new DynamicPortsAdder() {
            @Override
            public DynamicPortsAdder addInputPortGroup(
                    final String groupId, final Function<RequirePortName, ConfigurablePort> groupConfiguration) {
                return add(groupId, groupConfiguration, true);
            }

            @Override
            public DynamicPortsAdder addOutputPortGroup(
                    final String groupId, final Function<RequirePortName, ConfigurablePort> groupConfiguration) {
                return add(groupId, groupConfiguration, false);
            }

            private DynamicPortsAdder add(
                    final String id,
                    final Function<RequirePortName, ConfigurablePort> configuration,
                    final boolean input) {
                final ConfigurablePort unused = configuration.apply(name -> description -> {
                    final PortGroupDefinition group = new PortGroupDefinition(id, name, description, input);
                    groups.add(group);
                    return group;
                });
                return this;
            }
        });
        return groups;
    }

    @Override
    public FinalConfigurablePort fixed(final PortType portType) {
        m_mode = Mode.FIXED;
        m_fixedTypes = new PortType[] {portType};
        return new FinalConfigurablePort();
    }

    @Override
    public RequireSupportedTypes<OptionalConfigurablePort> optional() {
        m_mode = Mode.OPTIONAL;
        return supported(defaultType -> {
            m_defaultTypes = new PortType[] {defaultType};
            return new FinalConfigurablePort();
        });
    }

    @Override
    public RequireSupportedTypes<ExtendableConfigurablePort> extendable() {
        m_mode = Mode.EXTENDABLE;
        return supported(new ExtendableConfigurablePort() {
            @Override
            public ExtendableConfigurablePort fixedTypes(final PortType... portTypes) {
                m_fixedTypes = notEmpty(portTypes);
                return this;
            }

            @Override
            public ExtendableConfigurablePort defaultNonFixedTypes(final PortType... portTypes) {
                m_defaultTypes = notEmpty(portTypes);
                return this;
            }
        });
    }

    private static PortType[] notEmpty(final PortType[] portTypes) {
        if (portTypes == null || portTypes.length == 0) {
            throw new IllegalArgumentException("At least one port type must be given");
        }
        return portTypes.clone();
    }

    private <T> RequireSupportedTypes<T> supported(final T next) {
        return new RequireSupportedTypes<>() {
            @Override
            public T supportedTypes(final PortType... portTypes) {
                m_supportedTypes = portTypes.clone();
                return next;
            }

            @Override
            public T supportedTypes(final Predicate<PortType> portTypePredicate) {
                return supportedTypes(PortTypeRegistry.getInstance().availablePortTypes().stream()
                        .filter(portTypePredicate)
                        .toArray(PortType[]::new));
            }
        };
    }
}
