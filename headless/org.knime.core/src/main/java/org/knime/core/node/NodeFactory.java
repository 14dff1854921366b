package org.knime.core.node;

import java.net.URL;

/**
 * A kind of node.
 *
 * @param <T> in KNIME, the node's model; there is none here
 */
public abstract class NodeFactory<T> {

    /** What kind of node it is, which decides on its colour. */
    public enum NodeType {
        Source,
        Sink,
        Learner,
        Predictor,
        Manipulator,
        Other
    }

    public abstract String getNodeName();

    public abstract NodeType getType();

    /** The icon beside the factory's class; null if there is none. */
    public abstract URL getIcon();
}
