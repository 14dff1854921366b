package org.knime.core.node.workflow;

import org.realm4knime.standin.NodePlace;

/** A node in its workflow. */
public abstract class NodeContainer {

    private final NodePlace m_place;

    NodeContainer(final NodePlace place) {
        m_place = place;
    }

    public final NodeID getID() {
        return new NodeID(m_place.number());
    }

    public final NodePlace place() {
        return m_place;
    }
}
