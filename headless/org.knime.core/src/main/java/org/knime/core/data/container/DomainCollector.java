package org.knime.core.data.container;

import java.util.LinkedHashSet;
import java.util.Set;
import org.knime.core.data.BoundedValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataValueComparator;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.NominalValue;

/** The domains of a table's columns: bounds of bounded values, and the distinct nominal values while they are few. */
final class DomainCollector {

    private static final int MAX_VALUES = 60;

    private final DataTableSpec m_spec;
    private final Column[] m_columns;

    DomainCollector(final DataTableSpec spec, final boolean keepGiven) {
        m_spec = spec;
        m_columns = spec.stream().map(column -> new Column(column, keepGiven)).toArray(Column[]::new);
    }

    void update(final DataRow row) {
        for (int i = 0; i < m_columns.length; i++) {
            m_columns[i].update(row.getCell(i));
        }
    }

    DataTableSpec createSpec() {
        final DataTableSpecCreator creator = new DataTableSpecCreator(m_spec);
        for (int i = 0; i < m_columns.length; i++) {
            final DataColumnSpecCreator column = new DataColumnSpecCreator(m_spec.getColumnSpec(i));
            column.setDomain(m_columns[i].domain());
            creator.replaceColumn(i, column.createSpec());
        }
        return creator.createSpec();
    }

    private static final class Column {

        private final DataValueComparator m_order; // null if the values have no bounds
        private Set<DataCell> m_values; // null if the values are not nominal, or too many
        private DataCell m_lower;
        private DataCell m_upper;

        Column(final DataColumnSpec spec, final boolean keepGiven) {
            final DataColumnDomain given = spec.getDomain();
            m_order = spec.getType().isCompatible(BoundedValue.class)
                    ? spec.getType().getComparator()
                    : null;
            if (spec.getType().isCompatible(NominalValue.class)) {
                m_values = new LinkedHashSet<>();
            }
            if (keepGiven) {
                m_values = given.hasValues() ? new LinkedHashSet<>(given.getValues()) : m_values;
                m_lower = given.getLowerBound();
                m_upper = given.getUpperBound();
            }
        }

        void update(final DataCell cell) {
            if (cell.isMissing()) {
                return;
            }
            if (m_values != null && m_values.add(cell) && m_values.size() > MAX_VALUES) {
                m_values = null;
            }
            final boolean isNaN = cell instanceof DoubleValue number && Double.isNaN(number.getDoubleValue());
            if (m_order != null && !isNaN) {
                m_lower = m_lower == null || m_order.compare(cell, m_lower) < 0 ? cell : m_lower;
                m_upper = m_upper == null || m_order.compare(cell, m_upper) > 0 ? cell : m_upper;
            }
        }

        DataColumnDomain domain() {
            return new DataColumnDomainCreator(
                            m_values == null ? null : m_values.toArray(DataCell[]::new), m_lower, m_upper)
                    .createDomain();
        }
    }
}
