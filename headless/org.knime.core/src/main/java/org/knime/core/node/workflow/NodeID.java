package org.knime.core.node.workflow;

import java.io.Serializable;
import java.util.Objects;

/** The path of a node: the root, or an index below a prefix, written "3:7". */
public class NodeID implements Serializable, Comparable<NodeID> {

    public static final NodeID ROOTID = new NodeID(null, 0);

    private static final long serialVersionUID = 1L;

    private final NodeID m_prefix;
    private final int m_index;

    public NodeID(final NodeID prefix, final int ix) {
        m_prefix = prefix;
        m_index = ix;
    }

    /** A child of the root. */
    public NodeID(final int ix) {
        this(ROOTID, ix);
    }

    public NodeID getPrefix() {
        return m_prefix;
    }

    public final boolean isRoot() {
        return m_prefix == null;
    }

    public int getIndex() {
        return m_index;
    }

    public NodeID createChild(final int index) {
        return new NodeID(this, index);
    }

    @Override
    public String toString() {
        return isRoot() || m_prefix.isRoot() ? Integer.toString(m_index) : m_prefix + ":" + m_index;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof NodeID other && m_index == other.m_index && Objects.equals(m_prefix, other.m_prefix);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_prefix, m_index);
    }

    /** Parents come before their children, children in order of their index. */
    @Override
    public int compareTo(final NodeID other) {
        final int depth = depth();
        final int otherDepth = other.depth();
        if (depth > otherDepth) {
            final int order = m_prefix.compareTo(other);
            return order == 0 ? 1 : order;
        }
        if (depth < otherDepth) {
            return -other.compareTo(this);
        }
        final int order = isRoot() ? 0 : m_prefix.compareTo(other.m_prefix);
        return order == 0 ? Integer.compare(m_index, other.m_index) : order;
    }

    private int depth() {
        return isRoot() ? 0 : m_prefix.depth() + 1;
    }
}
