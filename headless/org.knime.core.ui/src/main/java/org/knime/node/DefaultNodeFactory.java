package org.knime.node;

import java.net.URI;
import java.net.URL;
import org.knime.core.node.NodeFactory;
import org.realm4knime.standin.node.NodeDefinition;

/** Makes a node from its declaration; a subclass has a public constructor without arguments. */
public abstract class DefaultNodeFactory extends NodeFactory<DefaultNode> {

    private final NodeDefinition m_definition;

    protected DefaultNodeFactory(final DefaultNode node) {
        m_definition = node.definition();
    }

    public final NodeDefinition definition() {
        return m_definition;
    }

    @Override
    public final String getNodeName() {
        return m_definition.name();
    }

    @Override
    public final NodeType getType() {
        return m_definition.type();
    }

    @Override
    public final URL getIcon() {
        final URI folder = URI.create("/" + getClass().getPackageName().replace('.', '/') + "/");
        return getClass().getResource(folder.resolve(m_definition.icon()).getPath());
    }
}
