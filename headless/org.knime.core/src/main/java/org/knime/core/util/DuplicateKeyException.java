package org.knime.core.util;

/** A row ID appears twice in a table. */
public class DuplicateKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String m_key;

    public DuplicateKeyException(final String message, final String key) {
        super(message);
        m_key = key;
    }

    /** The row ID that appears twice. */
    public String getKey() {
        return m_key;
    }
}
