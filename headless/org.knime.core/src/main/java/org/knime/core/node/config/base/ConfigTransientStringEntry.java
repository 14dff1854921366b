package org.knime.core.node.config.base;

import java.util.Objects;

/** A string that lives in memory only: it is never written to XML. */
public final class ConfigTransientStringEntry extends AbstractConfigEntry {

    private static final long serialVersionUID = 1L;

    /** What {@link #toStringValue()} shows instead of the value. */
    public static final String HIDDEN_VALUE = "<hidden value>";

    private final String m_value;

    public ConfigTransientStringEntry(final String key, final String value) {
        super(ConfigEntries.xtransientstring, key);
        m_value = value;
    }

    public String getTransientString() {
        return m_value;
    }

    @Override
    public String toStringValue() {
        return m_value == null ? null : HIDDEN_VALUE;
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return other instanceof ConfigTransientStringEntry e && Objects.equals(m_value, e.m_value);
    }
}
