package org.knime.core.data;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Builds column specs. */
public final class DataColumnSpecCreator {

    private static final AtomicInteger EMPTY_NAMES = new AtomicInteger();

    private String m_name;
    private DataType m_type;
    private DataColumnDomain m_domain = new DataColumnDomainCreator().createDomain();
    private List<String> m_elementNames = List.of();

    public DataColumnSpecCreator(final String name, final DataType type) {
        setName(name);
        setType(type);
    }

    public DataColumnSpecCreator(final DataColumnSpec cspec) {
        this(cspec.getName(), cspec.getType());
        m_domain = cspec.getDomain();
        m_elementNames = cspec.getElementNames();
    }

    /** Sets the name without blanks at its ends; an empty one becomes {@code <empty_1>}, {@code <empty_2>}, ... */
    public void setName(final String name) {
        final String trimmed =
                Objects.requireNonNull(name, "A column name must not be null").trim();
        m_name = trimmed.isEmpty() ? "<empty_" + EMPTY_NAMES.incrementAndGet() + ">" : trimmed;
    }

    public void setType(final DataType type) {
        m_type = Objects.requireNonNull(type, "A column type must not be null");
    }

    /** @param domain null for an unknown domain */
    public void setDomain(final DataColumnDomain domain) {
        m_domain = domain == null ? new DataColumnDomainCreator().createDomain() : domain;
    }

    public void setElementNames(final String[] elNames) {
        m_elementNames = elNames == null ? List.of() : List.of(elNames);
    }

    public DataType getType() {
        return m_type;
    }

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(m_name, m_type, m_domain, m_elementNames);
    }
}
