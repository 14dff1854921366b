package org.knime.core.data;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.swing.JComponent;
import org.knime.core.node.port.PortObjectSpec;

/** The structure of a table: its columns in order, with unique names. */
public final class DataTableSpec implements PortObjectSpec, Iterable<DataColumnSpec> {

    private final List<DataColumnSpec> m_columns;
    private final Map<String, Integer> m_indices = new HashMap<>();

    /** @throws IllegalArgumentException if a column name appears twice */
    public DataTableSpec(final DataColumnSpec... colSpecs) {
        m_columns = List.of(colSpecs);
        for (int i = 0; i < colSpecs.length; i++) {
            final Integer former = m_indices.put(colSpecs[i].getName(), i);
            if (former != null) {
                throw new IllegalArgumentException(String.format(
                        "The column name \"%s\" appears twice, at positions %d and %d.",
                        colSpecs[i].getName(), former, i));
            }
        }
    }

    public int getNumColumns() {
        return m_columns.size();
    }

    public String[] getColumnNames() {
        return stream().map(DataColumnSpec::getName).toArray(String[]::new);
    }

    /** @throws IndexOutOfBoundsException if there is no such column */
    public DataColumnSpec getColumnSpec(final int index) {
        return m_columns.get(index);
    }

    /** The position of the column of that name; -1 if there is none. */
    public int findColumnIndex(final String columnName) {
        return m_indices.getOrDefault(columnName, -1);
    }

    public boolean containsName(final String columnName) {
        return findColumnIndex(columnName) >= 0;
    }

    /** True if both have the same columns, by name and type. */
    public boolean equalStructure(final DataTableSpec spec) {
        return equals(spec);
    }

    @Override
    public Iterator<DataColumnSpec> iterator() {
        return m_columns.iterator();
    }

    public Stream<DataColumnSpec> stream() {
        return m_columns.stream();
    }

    /** The name itself if the spec has no such column, else the name followed by " (#1)", " (#2)", ... */
    public static String getUniqueColumnName(final DataTableSpec spec, final String columnName) {
        final String name = columnName.trim();
        String unique = name;
        for (int i = 1; spec.containsName(unique); i++) {
            unique = name + " (#" + i + ")";
        }
        return unique;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataTableSpec other && m_columns.equals(other.m_columns);
    }

    @Override
    public int hashCode() {
        return m_columns.hashCode();
    }

    @Override
    public String toString() {
        return m_columns.toString();
    }
}
