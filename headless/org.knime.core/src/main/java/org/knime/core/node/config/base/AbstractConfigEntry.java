package org.knime.core.node.config.base;

/** One node of a settings tree: a typed value or a sub config, under a key. */
public abstract class AbstractConfigEntry {

    private final ConfigEntries m_type;
    private String m_key;

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

    public final ConfigEntries getType() {
        return m_type;
    }

    /** The text of the {@code value} attribute; null if the value is null. */
    public abstract String toStringValue();

    /** Compares key, type and value, and for a config all entries below it in any order. */
    public final boolean isIdentical(final AbstractConfigEntry other) {
        return other != null && m_type == other.m_type && m_key.equals(other.m_key) && hasIdenticalValue(other);
    }

    /** True if the other entry, of the same type, has the same value. */
    abstract boolean hasIdenticalValue(AbstractConfigEntry other);

    @Override
    public String toString() {
        return m_key + " -> " + toStringValue();
    }
}
