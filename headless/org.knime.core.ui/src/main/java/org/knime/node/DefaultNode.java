package org.knime.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.RequireModelParameters;
import org.knime.node.DefaultView.RequireViewParameters;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.PortGroup;
import org.realm4knime.standin.node.PortGroup.Side;
import org.realm4knime.standin.node.ViewDefinition;

/** A node as its {@link DefaultNodeFactory} declares it; starts with {@link #create()}. */
public final class DefaultNode {

    private final String m_name;
    private final String m_icon;
    private final String m_shortDescription;
    private final String m_fullDescription;
    private final List<PortGroup> m_ports;
    private final DefaultModel m_model;
    private NodeType m_nodeType;
    private Optional<DefaultView> m_view = Optional.empty();

    private DefaultNode(
            final String name,
            final String icon,
            final String shortDescription,
            final String fullDescription,
            final List<PortGroup> ports,
            final DefaultModel model) {
        m_name = name;
        m_icon = icon;
        m_shortDescription = shortDescription;
        m_fullDescription = fullDescription;
        m_ports = ports;
        m_model = model;
        m_nodeType = typeByPorts();
    }

    public static RequireName create() {
        return name -> icon ->
                shortDescription -> fullDescription -> (major, minor, revision) -> ports -> model -> new DefaultNode(
                        name,
                        icon,
                        shortDescription,
                        fullDescription,
                        PortGroups.collect(ports),
                        model.apply(DefaultModel.create()));
    }

    private NodeType typeByPorts() {
        if (m_ports.stream().noneMatch(group -> group.side() == Side.INPUT)) {
            return NodeType.Source;
        }
        return m_ports.stream().anyMatch(group -> group.side() == Side.OUTPUT) ? NodeType.Manipulator : NodeType.Sink;
    }

    NodeDefinition definition() {
        return new NodeDefinition(
                m_name,
                m_icon,
                m_nodeType,
                m_shortDescription,
                m_fullDescription,
                m_ports,
                Optional.ofNullable(m_model.m_parametersClass),
                m_model.m_configure,
                m_model.m_execute,
                m_view.map(view -> new ViewDefinition(view.m_page, view.m_initialData)));
    }

    /** The stage that requires the name that users read. */
    public interface RequireName {
        RequireIcon name(String name);
    }

    /** The stage that requires the icon. */
    public interface RequireIcon {

        /** @param icon path relative to the class of the factory */
        RequireShortDescription icon(String icon);
    }

    /** The stage that requires the description in one sentence. */
    public interface RequireShortDescription {

        /** @param shortDescription well-formed simple HTML */
        RequireFullDescription shortDescription(String shortDescription);
    }

    /** The stage that requires the full description. */
    public interface RequireFullDescription {

        /** @param fullDescription well-formed simple HTML */
        RequireSinceVersion fullDescription(String fullDescription);
    }

    /** The stage that requires the version of KNIME since which the node is there. */
    public interface RequireSinceVersion {
        RequirePorts sinceVersion(int major, int minor, int revision);
    }

    /** The stage that requires what the node does. */
    public interface RequireModel {
        DefaultNode model(Function<RequireModelParameters, DefaultModel> model);
    }

    public DefaultNode addView(final Function<RequireViewParameters, DefaultView> view) {
        m_view = Optional.of(view.apply(DefaultView.create()));
        return this;
    }

    /** Without this, the kind follows from the ports: source, sink, or manipulator. */
    public DefaultNode nodeType(final NodeType nodeType) {
        m_nodeType = nodeType;
        return this;
    }

    /** Words by which users find the node; nothing asks for them here. */
    public DefaultNode keywords(final String... keywords) {
        return this;
    }
}
