package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.util.CheckUtils;
import org.knime.core.util.Version;
import org.knime.node.DefaultModel.RequireModelParameters;
import org.knime.node.DefaultView.RequireViewParameters;

/** A node as its {@link DefaultNodeFactory} declares it; starts with {@link #create()}. */
public final class DefaultNode {

    /** A link below the description of a node. */
    record Link(String href, String description) {}

    final String m_name;
    final String m_icon;
    final String m_shortDescription;
    final String m_fullDescription;
    final Version m_sinceVersion;
    final List<PortGroupDefinition> m_ports;
    final DefaultModel m_model;
    final List<Link> m_links = new ArrayList<>();
    final List<String> m_keywords = new ArrayList<>();
    NodeType m_nodeType;
    private DefaultView m_view;

    private DefaultNode(
            final String name,
            final String icon,
            final String shortDescription,
            final String fullDescription,
            final Version sinceVersion,
            final List<PortGroupDefinition> ports,
            final DefaultModel model) {
        m_name = name;
        m_icon = icon;
        m_shortDescription = shortDescription;
        m_fullDescription = fullDescription;
        m_sinceVersion = sinceVersion;
        m_ports = ports;
        m_model = model;
    }

    public static RequireName create() {
        return name -> icon ->
                shortDescription -> fullDescription -> (major, minor, revision) -> ports -> model -> new DefaultNode(
                        name,
                        icon,
                        shortDescription,
                        fullDescription,
                        new Version(major, minor, revision),
                        PortGroupDefinition.collect(ports),
                        model.apply(DefaultModel.create()));
    }

    Optional<DefaultView> getView() {
        return Optional.ofNullable(m_view);
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

    /** @throws UnsupportedOperationException if there is a view already */
    public DefaultNode addView(final Function<RequireViewParameters, DefaultView> view) {
        if (m_view != null) {
            throw new UnsupportedOperationException("A node has at most one view");
        }
        m_view = view.apply(DefaultView.create());
        return this;
    }

    /** Without this, the kind follows from the ports: source, sink, or manipulator. */
    public DefaultNode nodeType(final NodeType nodeType) {
        CheckUtils.checkState(m_nodeType == null, "The node has a type already");
        m_nodeType = nodeType;
        return this;
    }

    /** Words by which users find the node. */
    public DefaultNode keywords(final String... keywords) {
        CheckUtils.checkState(m_keywords.isEmpty(), "The node has keywords already");
        m_keywords.addAll(List.of(keywords));
        return this;
    }

    /** Adds a link below the description. */
    public DefaultNode addExternalResource(final String href, final String description) {
        m_links.add(new Link(CheckUtils.checkArgumentNotNull(href), CheckUtils.checkArgumentNotNull(description)));
        return this;
    }
}
