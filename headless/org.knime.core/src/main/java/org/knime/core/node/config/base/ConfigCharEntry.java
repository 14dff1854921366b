package org.knime.core.node.config.base;

/** A character; only the first of the text counts. */
public final class ConfigCharEntry extends AbstractConfigEntry {

    private static final long serialVersionUID = 1L;

    private final char m_value;

    public ConfigCharEntry(final String key, final char value) {
        super(ConfigEntries.xchar, key);
        m_value = value;
    }

    /** @throws StringIndexOutOfBoundsException if the text is empty */
    public ConfigCharEntry(final String key, final String value) {
        this(key, value.charAt(0));
    }

    public char getChar() {
        return m_value;
    }

    @Override
    public String toStringValue() {
        return Character.toString(m_value);
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return other instanceof ConfigCharEntry e && m_value == e.m_value;
    }
}
