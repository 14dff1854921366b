package org.knime.core.data;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Builds column specs. */
public final class DataColumnSpecCreator {

    private static final AtomicInteger EMPTY_NAMES = new AtomicInteger();

    private final String m_name;
    private final DataType m_type;

    /** Blanks at the ends of the name go; an empty one becomes {@code <empty_1>}, {@code <empty_2>}, ... */
    public DataColumnSpecCreator(final String name, final DataType type) {
        final String trimmed =
                Objects.requireNonNull(name, "A column name must not be null").trim();
        m_name = trimmed.isEmpty() ? "<empty_" + EMPTY_NAMES.incrementAndGet() + ">" : trimmed;
        m_type = Objects.requireNonNull(type, "A column type must not be null");
    }

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(m_name, m_type);
    }
}
