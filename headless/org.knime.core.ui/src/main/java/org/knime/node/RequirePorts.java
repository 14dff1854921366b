package org.knime.node;

import java.util.function.Consumer;
import java.util.function.Function;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNode.RequireModel;

/** The build stage of a {@link DefaultNode} that requires its ports. */
public interface RequirePorts {

    /** Ports that never change; the name of a port is also the identifier of its group. */
    default RequireModel ports(final Consumer<PortsAdder> ports) {
        return dynamicPorts(dynamic -> ports.accept(new PortsAdder() {
            @Override
            public PortsAdder addInputPort(final String name, final String description, final PortType portType) {
                dynamic.addInputPortGroup(
                        name, g -> g.name(name).description(description).fixed(portType));
                return this;
            }

            @Override
            public PortsAdder addOutputPort(final String name, final String description, final PortType portType) {
                dynamic.addOutputPortGroup(
                        name, g -> g.name(name).description(description).fixed(portType));
                return this;
            }
        }));
    }

    /** Groups of ports, some of which users can change. */
    RequireModel dynamicPorts(Consumer<DynamicPortsAdder> ports);

    /** Takes ports that never change, in their order. */
    interface PortsAdder {

        PortsAdder addInputPort(String name, String description, PortType portType);

        PortsAdder addOutputPort(String name, String description, PortType portType);

        default PortsAdder addOutputTable(final String name, final String description) {
            return addOutputPort(name, description, BufferedDataTable.TYPE);
        }
    }

    /** Takes groups of ports in their order; workflows refer to a group by its identifier. */
    interface DynamicPortsAdder {

        DynamicPortsAdder addInputPortGroup(
                String groupId, Function<RequirePortName, ConfigurablePort> groupConfiguration);

        DynamicPortsAdder addOutputPortGroup(
                String groupId, Function<RequirePortName, ConfigurablePort> groupConfiguration);
    }

    /** The stage that requires the name of the group. */
    interface RequirePortName {
        RequirePortDescription name(String name);
    }

    /** The stage that requires the description of the group. */
    interface RequirePortDescription {
        RequireConfigurablePortMode description(String description);
    }

    /** The stage that requires what users can change. */
    interface RequireConfigurablePortMode {

        /** One port that never changes. */
        ConfigurablePort.FinalConfigurablePort fixed(PortType portType);

        /** At most one port. */
        RequireSupportedTypes<ConfigurablePort.OptionalConfigurablePort> optional();

        /** Any number of ports. */
        RequireSupportedTypes<ConfigurablePort.ExtendableConfigurablePort> extendable();
    }

    /** The stage that requires the types a port of the group may have; here all are of the first. */
    interface RequireSupportedTypes<T> {
        T supportedTypes(PortType... portTypes);
    }

    /** The last stage of a group. */
    sealed interface ConfigurablePort
            permits ConfigurablePort.FinalConfigurablePort,
                    ConfigurablePort.OptionalConfigurablePort,
                    ConfigurablePort.ExtendableConfigurablePort {

        /** A group with nothing left to say. */
        final class FinalConfigurablePort implements ConfigurablePort {}

        /** A group of at most one port. */
        non-sealed interface OptionalConfigurablePort extends ConfigurablePort {}

        /** A group of any number of ports. */
        non-sealed interface ExtendableConfigurablePort extends ConfigurablePort {

            /** The ports that cannot be removed. */
            ExtendableConfigurablePort fixedTypes(PortType... portTypes);

            /** The ports that a new node has after the fixed ones. */
            ExtendableConfigurablePort defaultNonFixedTypes(PortType... portTypes);
        }
    }
}
