package org.knime.core.node.workflow;

import org.knime.core.node.Node;
import org.realm4knime.standin.NodePlace;

/** A node of an extension in its workflow. */
public class NativeNodeContainer extends NodeContainer {

    public NativeNodeContainer(final NodePlace place) {
        super(place);
    }

    public Node getNode() {
        return new Node(place());
    }
}
