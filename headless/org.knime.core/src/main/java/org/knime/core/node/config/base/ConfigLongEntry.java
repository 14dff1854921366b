package org.knime.core.node.config.base;

/** A long value. */
public final class ConfigLongEntry extends AbstractConfigEntry {

    private static final long serialVersionUID = 1L;

    private final long m_value;

    public ConfigLongEntry(final String key, final long value) {
        super(ConfigEntries.xlong, key);
        m_value = value;
    }

    /** @throws NumberFormatException if the text is not a number of this type */
    public ConfigLongEntry(final String key, final String value) {
        this(key, Long.parseLong(value));
    }

    public long getLong() {
        return m_value;
    }

    @Override
    public String toStringValue() {
        return Long.toString(m_value);
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return other instanceof ConfigLongEntry e && m_value == e.m_value;
    }
}
