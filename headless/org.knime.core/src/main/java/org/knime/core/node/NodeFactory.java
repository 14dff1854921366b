package org.knime.core.node;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;
import org.knime.core.node.context.NodeCreationConfiguration;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Makes the model of a node and describes the node. {@link #init()} must have been called before the description is asked. */
public abstract class NodeFactory<T extends NodeModel> {

    /** What kind of node it is, which decides on its colour. */
    public enum NodeType {
        Source,
        Sink,
        Learner,
        Predictor,
        Manipulator,
        Visualizer,
        Widget,
        Meta,
        LoopStart,
        LoopEnd,
        ScopeStart,
        ScopeEnd,
        QuickForm,
        Configuration,
        Other,
        Missing,
        Unknown,
        Subnode,
        VirtualIn,
        VirtualOut,
        Container
    }

    private NodeDescription m_description;

    protected NodeFactory() {
        this(false);
    }

    /** @param lazyInitialization whether {@link #init()} is left to the caller */
    protected NodeFactory(final boolean lazyInitialization) {
        if (!lazyInitialization) {
            init();
        }
    }

    protected NodeDescription createNodeDescription() throws SAXException, IOException {
        throw new IllegalStateException(getClass().getName() + " does not describe its node");
    }

    /** Makes the description; does nothing if that was done before. */
    public synchronized void init() {
        if (m_description == null) {
            try {
                m_description = createNodeDescription();
            } catch (final SAXException | IOException e) {
                throw new IllegalStateException(
                        "The description of " + getClass().getName() + " is broken", e);
            }
        }
    }

    NodeDescription getNodeDescription() {
        init();
        return m_description;
    }

    public final String getNodeName() {
        return getNodeDescription().getNodeName();
    }

    public NodeType getType() {
        return getNodeDescription().getType();
    }

    public String getInportName(final int index) {
        return getNodeDescription().getInportName(index);
    }

    public String getOutportName(final int index) {
        return getNodeDescription().getOutportName(index);
    }

    public Element getXMLDescription() {
        return getNodeDescription().getXMLDescription();
    }

    /** The icon beside the factory's class; null if there is none. */
    public URL getIcon() {
        final String path = getNodeDescription().getIconPath();
        if (path == null) {
            return null;
        }
        final URI folder = URI.create("/" + getClass().getPackageName().replace('.', '/') + "/");
        return getClass().getResource(folder.resolve(path).normalize().getPath());
    }

    /** Reads what a factory of many nodes needs to know which one it makes; nothing here. */
    public void loadAdditionalFactorySettings(final ConfigRO config) throws InvalidSettingsException {
        init();
    }

    /** Writes what {@link #loadAdditionalFactorySettings} reads; nothing here. */
    public void saveAdditionalFactorySettings(final ConfigWO config) {
        // for subclasses
    }

    public abstract T createNodeModel();

    protected T createNodeModel(final NodeCreationConfiguration creationConfig) {
        return createNodeModel();
    }
}
