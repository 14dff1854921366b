package org.knime.core.node.config.base;

import java.util.function.UnaryOperator;

/** The entry types of a settings tree; the constant's name is the {@code type} attribute in the XML. */
public enum ConfigEntries {
    xstring(text -> text),
    xint(text -> Integer.toString(Integer.parseInt(text))),
    xdouble(text -> Double.toString(Double.parseDouble(text))),
    xfloat(text -> Float.toString(Float.parseFloat(text))),
    xlong(text -> Long.toString(Long.parseLong(text))),
    xshort(text -> Short.toString(Short.parseShort(text))),
    xbyte(text -> Byte.toString(Byte.parseByte(text))),
    xchar(text -> text.substring(0, 1)),
    xboolean(text -> Boolean.toString(Boolean.parseBoolean(text))),
    config(text -> {
        throw new UnsupportedOperationException("A sub config has no single value");
    }),
    xpassword(text -> text);

    private final UnaryOperator<String> m_canonical;

    /** @param canonical the text that is written for a value, of any text that stands for it */
    ConfigEntries(final UnaryOperator<String> canonical) {
        m_canonical = canonical;
    }

    /**
     * Makes an entry from the text of its {@code value} attribute.
     *
     * @param value the text, or null for an entry marked {@code isnull}
     * @throws IllegalArgumentException if the text is not of this type (a {@link NumberFormatException} for numbers)
     */
    public AbstractConfigEntry createEntry(final String key, final String value) {
        return new ConfigValue(this, key, m_canonical.apply(value));
    }
}
