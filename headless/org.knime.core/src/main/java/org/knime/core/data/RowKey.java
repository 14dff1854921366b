package org.knime.core.data;

import java.util.Objects;

/** The name of a row, unique in its table. */
public final class RowKey {

    private final String m_id;

    public RowKey(final String id) {
        m_id = Objects.requireNonNull(id, "A row ID must not be null");
    }

    public String getString() {
        return m_id;
    }

    /** "Row0" for index 0, and so on. */
    public static RowKey createRowKey(final long rowIndex) {
        return new RowKey("Row" + rowIndex);
    }

    @Override
    public String toString() {
        return m_id;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof RowKey other && m_id.equals(other.m_id);
    }

    @Override
    public int hashCode() {
        return m_id.hashCode();
    }
}
