package org.knime.core.node.config.base;

import java.util.Objects;

/** A value of any type, kept as the text that is written for it. */
final class ConfigValue extends AbstractConfigEntry {

    private final String m_text;

    ConfigValue(final ConfigEntries type, final String key, final String text) {
        super(type, key);
        m_text = text;
    }

    @Override
    public String toStringValue() {
        return m_text;
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return Objects.equals(m_text, other.toStringValue());
    }
}
