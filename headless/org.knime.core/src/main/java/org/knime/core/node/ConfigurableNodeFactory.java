package org.knime.core.node;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.context.NodeCreationConfiguration;
import org.knime.core.node.context.ports.ExtendablePortGroup;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;
import org.knime.core.node.context.ports.PortGroupConfiguration;
import org.knime.core.node.context.ports.impl.DefaultExtendablePortGroup;
import org.knime.core.node.context.ports.impl.DefaultFixedPortGroup;
import org.knime.core.node.context.ports.impl.DefaultModifiablePortsConfiguration;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.util.CheckUtils;

/** A factory of nodes whose ports users can change. */
public abstract class ConfigurableNodeFactory<T extends NodeModel> extends NodeFactory<T> {

    protected ConfigurableNodeFactory() {}

    /** @param lazyInitialization whether {@link #init()} is left to the caller */
    protected ConfigurableNodeFactory(final boolean lazyInitialization) {
        super(lazyInitialization);
    }

    /** A new configuration with the ports that a new node has. */
    public final ModifiableNodeCreationConfiguration createNodeCreationConfig() {
        return new ModifiableNodeCreationConfiguration(
                createPortsConfigBuilder().map(PortsConfigurationBuilder::build).orElse(null));
    }

    /** The ports; empty if there are none. */
    protected abstract Optional<PortsConfigurationBuilder> createPortsConfigBuilder();

    @Override
    protected abstract T createNodeModel(NodeCreationConfiguration creationConfig);

    @Override
    public T createNodeModel() {
        throw new UnsupportedOperationException("A configurable node is made from its creation configuration");
    }

    /** Collects port groups in the order of the ports. */
    protected static final class PortsConfigurationBuilder {

        private final Map<String, PortGroupConfiguration> m_groups = new LinkedHashMap<>();

        public PortsConfigurationBuilder() {}

        private ModifiablePortsConfiguration build() {
            return new DefaultModifiablePortsConfiguration(m_groups);
        }

        public void addFixedInputPortGroup(final String pGrpId, final PortType... fixedPortTypes) {
            add(pGrpId, new DefaultFixedPortGroup(checked(fixedPortTypes), true, false));
        }

        public void addFixedOutputPortGroup(final String pGrpId, final PortType... fixedPortTypes) {
            add(pGrpId, new DefaultFixedPortGroup(checked(fixedPortTypes), false, true));
        }

        public void addFixedPortGroup(final String pGrpId, final PortType... fixedPortTypes) {
            add(pGrpId, new DefaultFixedPortGroup(checked(fixedPortTypes), true, true));
        }

        /** @param defaultPort the port that a new node has; null for none */
        public void addOptionalInputPortGroupWithDefault(
                final String pGrpId, final PortType defaultPort, final PortType... optionalPorts) {
            addOptional(pGrpId, defaultPort, optionalPorts, true, false);
        }

        public void addOptionalInputPortGroupWithDefault(
                final String pGrpId, final PortType defaultPort, final Predicate<PortType> optionalPortsPredicate) {
            addOptional(pGrpId, defaultPort, available(optionalPortsPredicate), true, false);
        }

        /** @param defaultPort the port that a new node has; null for none */
        public void addOptionalOutputPortGroupWithDefault(
                final String pGrpId, final PortType defaultPort, final PortType... optionalPorts) {
            addOptional(pGrpId, defaultPort, optionalPorts, false, true);
        }

        public void addOptionalOutputPortGroupWithDefault(
                final String pGrpId, final PortType defaultPort, final Predicate<PortType> optionalPortsPredicate) {
            addOptional(pGrpId, defaultPort, available(optionalPortsPredicate), false, true);
        }

        /** @param defaultPort the port that a new node has; null for none */
        public void addOptionalPortGroupWithDefault(
                final String pGrpId, final PortType defaultPort, final PortType... optionalPorts) {
            addOptional(pGrpId, defaultPort, optionalPorts, true, true);
        }

        public void addOptionalPortGroupWithDefault(
                final String pGrpId, final PortType defaultPort, final Predicate<PortType> optionalPortsPredicate) {
            addOptional(pGrpId, defaultPort, available(optionalPortsPredicate), true, true);
        }

        /** @param defaultPortTypes the ports that a new node has after the fixed ones */
        public void addExtendableInputPortGroupWithDefault(
                final String pGrpId,
                final PortType[] fixedPortTypes,
                final PortType[] defaultPortTypes,
                final PortType... supportedTypes) {
            addExtendable(pGrpId, fixedPortTypes, defaultPortTypes, supportedTypes, true, false);
        }

        public void addExtendableInputPortGroupWithDefault(
                final String pGrpId,
                final PortType[] fixedPortTypes,
                final PortType[] defaultPortTypes,
                final Predicate<PortType> supportedTypesPredicate) {
            addExtendable(pGrpId, fixedPortTypes, defaultPortTypes, available(supportedTypesPredicate), true, false);
        }

        /** @param defaultPortTypes the ports that a new node has after the fixed ones */
        public void addExtendableOutputPortGroupWithDefault(
                final String pGrpId,
                final PortType[] fixedPortTypes,
                final PortType[] defaultPortTypes,
                final PortType... supportedTypes) {
            addExtendable(pGrpId, fixedPortTypes, defaultPortTypes, supportedTypes, false, true);
        }

        public void addExtendableOutputPortGroupWithDefault(
                final String pGrpId,
                final PortType[] fixedPortTypes,
                final PortType[] defaultPortTypes,
                final Predicate<PortType> supportedTypesPredicate) {
            addExtendable(pGrpId, fixedPortTypes, defaultPortTypes, available(supportedTypesPredicate), false, true);
        }

        /** @param defaultPortTypes the ports that a new node has after the fixed ones */
        public void addExtendablePortGroupWithDefault(
                final String pGrpId,
                final PortType[] fixedPortTypes,
                final PortType[] defaultPortTypes,
                final PortType... supportedTypes) {
            addExtendable(pGrpId, fixedPortTypes, defaultPortTypes, supportedTypes, true, true);
        }

        public void addExtendablePortGroupWithDefault(
                final String pGrpId,
                final PortType[] fixedPortTypes,
                final PortType[] defaultPortTypes,
                final Predicate<PortType> supportedTypesPredicate) {
            addExtendable(pGrpId, fixedPortTypes, defaultPortTypes, available(supportedTypesPredicate), true, true);
        }

        private void addOptional(
                final String id,
                final PortType defaultPort,
                final PortType[] optionalPorts,
                final boolean input,
                final boolean output) {
            final List<PortType> supported = List.of(checked(optionalPorts));
            CheckUtils.checkArgument(
                    defaultPort == null || supported.contains(defaultPort),
                    "The default port type is not among the types of the group \"%s\"",
                    id);
            final PortType[] registered = PortTypeRegistry.getInstance().availablePortTypes().stream()
                    .filter(type -> !type.isHidden())
                    .filter(type -> supported.stream().anyMatch(s -> s.isSuperTypeOf(type)))
                    .toArray(PortType[]::new);
            final ExtendablePortGroup group =
                    new DefaultExtendablePortGroup(new PortType[0], registered, input, output, 1);
            if (defaultPort != null) {
                group.addPort(defaultPort);
            }
            add(id, group);
        }

        private void addExtendable(
                final String id,
                final PortType[] fixedPorts,
                final PortType[] defaultPorts,
                final PortType[] supportedTypes,
                final boolean input,
                final boolean output) {
            final List<PortType> supported = List.of(checked(supportedTypes));
            CheckUtils.checkArgument(
                    Stream.of(fixedPorts, defaultPorts).flatMap(Stream::of).allMatch(supported::contains),
                    "The fixed and default port types must be among the types of the group \"%s\"",
                    id);
            final ExtendablePortGroup group = new DefaultExtendablePortGroup(fixedPorts, supportedTypes, input, output);
            Stream.of(defaultPorts).forEach(group::addPort);
            add(id, group);
        }

        private void add(final String id, final PortGroupConfiguration group) {
            CheckUtils.checkArgument(id != null && !id.isEmpty(), "A port group needs an identifier");
            CheckUtils.checkArgument(!m_groups.containsKey(id), "There are two port groups \"%s\"", id);
            m_groups.put(id, group);
        }

        private static PortType[] checked(final PortType[] types) {
            CheckUtils.checkArgument(
                    types != null && types.length > 0 && Arrays.stream(types).allMatch(Objects::nonNull),
                    "A port group needs at least one port type, and none may be null");
            return types;
        }

        private static PortType[] available(final Predicate<PortType> predicate) {
            return PortTypeRegistry.getInstance().availablePortTypes().stream()
                    .filter(predicate)
                    .toArray(PortType[]::new);
        }
    }
}
