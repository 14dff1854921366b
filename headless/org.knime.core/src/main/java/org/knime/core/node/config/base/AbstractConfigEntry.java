package org.knime.core.node.config.base;

import java.io.Serializable;
import java.util.Collections;
import java.util.Enumeration;
import javax.swing.tree.TreeNode;

/** One node of a settings tree: a typed value or a sub config, under a key. */
public abstract class AbstractConfigEntry implements Serializable, TreeNode {

    private static final long serialVersionUID = 1L;

    private final ConfigEntries m_type;
    private String m_key;
    private AbstractConfigEntry m_parent;

    AbstractConfigEntry(final ConfigEntries type, final String key) {
        if (type == null || key == null || key.isEmpty()) {
            throw new IllegalArgumentException(
                    "Type and key of a settings entry must not be empty: " + type + ", " + key);
        }
        m_type = type;
        m_key = key;
    }

    public final String getKey() {
        return m_key;
    }

    final void setKey(final String key) {
        m_key = key;
    }

    public final void setParent(final AbstractConfigEntry parent) {
        m_parent = parent;
    }

    public final ConfigEntries getType() {
        return m_type;
    }

    /** The text of the {@code value} attribute; null if the value is null. */
    public abstract String toStringValue();

    /** True if the other entry has the same key, type and value. */
    abstract boolean hasIdenticalValue(AbstractConfigEntry other);

    /** Compares key, type and value, and for a config all entries below it in any order. */
    public final boolean isIdentical(final AbstractConfigEntry other) {
        return other != null
                && m_type == other.m_type
                && m_key.equals(other.m_key)
                && (this == other || hasIdenticalValue(other));
    }

    @Override
    public String toString() {
        return m_key + " -> " + toStringValue();
    }

    /** Equal when key and type agree; the value is compared by {@link #isIdentical}. */
    @Override
    public boolean equals(final Object o) {
        return o instanceof AbstractConfigEntry e && m_type == e.m_type && m_key.equals(e.m_key);
    }

    @Override
    public int hashCode() {
        return m_key.hashCode() ^ m_type.hashCode();
    }

    @Override
    public TreeNode getChildAt(final int childIndex) {
        return null;
    }

    @Override
    public int getChildCount() {
        return 0;
    }

    @Override
    public final TreeNode getParent() {
        return m_parent;
    }

    @Override
    public int getIndex(final TreeNode node) {
        return -1;
    }

    @Override
    public final boolean getAllowsChildren() {
        return !isLeaf();
    }

    @Override
    public boolean isLeaf() {
        return true;
    }

    @Override
    public Enumeration<TreeNode> children() {
        return Collections.emptyEnumeration();
    }
}
