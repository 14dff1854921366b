package org.knime.core.data;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Builds column domains. */
public class DataColumnDomainCreator {

    private Set<DataCell> m_values;
    private DataCell m_lower;
    private DataCell m_upper;

    /** A domain of which nothing is known. */
    public DataColumnDomainCreator() {}

    public DataColumnDomainCreator(final DataColumnDomain copyFrom) {
        m_values = copyFrom.getValues();
        m_lower = copyFrom.getLowerBound();
        m_upper = copyFrom.getUpperBound();
    }

    public DataColumnDomainCreator(final Set<? extends DataCell> values) {
        setValues(values);
    }

    public DataColumnDomainCreator(final DataCell[] values) {
        this(new LinkedHashSet<>(Arrays.asList(values)));
    }

    public DataColumnDomainCreator(final DataCell lowerBound, final DataCell upperBound) {
        m_lower = lowerBound;
        m_upper = upperBound;
    }

    /** @param values the distinct values; null if not known */
    public DataColumnDomainCreator(final DataCell[] values, final DataCell lowerBound, final DataCell upperBound) {
        this(lowerBound, upperBound);
        setValues(values == null ? null : new LinkedHashSet<>(Arrays.asList(values)));
    }

    public void setValues(final Set<? extends DataCell> values) {
        m_values = values == null ? null : new LinkedHashSet<>(values);
    }

    public void setLowerBound(final DataCell lower) {
        m_lower = lower;
    }

    public void setUpperBound(final DataCell upper) {
        m_upper = upper;
    }

    public DataColumnDomain createDomain() {
        return new DataColumnDomain(m_lower, m_upper, m_values);
    }
}
