package org.knime.core.node.config.base;

/** A short value. */
public final class ConfigShortEntry extends AbstractConfigEntry {

    private static final long serialVersionUID = 1L;

    private final short m_value;

    public ConfigShortEntry(final String key, final short value) {
        super(ConfigEntries.xshort, key);
        m_value = value;
    }

    /** @throws NumberFormatException if the text is not a number of this type */
    public ConfigShortEntry(final String key, final String value) {
        this(key, Short.parseShort(value));
    }

    public short getShort() {
        return m_value;
    }

    @Override
    public String toStringValue() {
        return Short.toString(m_value);
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return other instanceof ConfigShortEntry e && m_value == e.m_value;
    }
}
