package org.knime.core.node.workflow;

/** A node's number in its workflow. */
public class NodeID {

    private final int m_index;

    public NodeID(final int ix) {
        m_index = ix;
    }

    public int getIndex() {
        return m_index;
    }
}
