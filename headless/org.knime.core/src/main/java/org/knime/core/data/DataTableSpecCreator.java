package org.knime.core.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.node.util.CheckUtils;

/** Builds table specs column by column. */
public final class DataTableSpecCreator {

    private final List<DataColumnSpec> m_columns = new ArrayList<>();
    private final Map<String, String> m_properties = new LinkedHashMap<>();
    private String m_name;

    public DataTableSpecCreator() {}

    public DataTableSpecCreator(final DataTableSpec spec) {
        addColumns(spec);
        setName(spec.getName());
        m_properties.putAll(spec.getProperties());
    }

    private int indexOf(final String name) {
        for (int i = 0; i < m_columns.size(); i++) {
            if (m_columns.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** @throws IllegalArgumentException if a name is there already */
    public DataTableSpecCreator addColumns(final DataColumnSpec... columns) {
        for (final DataColumnSpec column : columns) {
            final int former = indexOf(column.getName());
            CheckUtils.checkArgument(
                    former < 0, "The spec has a column \"%s\" already, at index %d", column.getName(), former);
            m_columns.add(column);
        }
        return this;
    }

    public DataTableSpecCreator addColumns(final DataTableSpec fromSpec) {
        return addColumns(fromSpec.stream().toArray(DataColumnSpec[]::new));
    }

    /** @throws IllegalArgumentException if there is no such index, or another column has the new column's name */
    public DataTableSpecCreator replaceColumn(final int index, final DataColumnSpec colSpec) {
        CheckUtils.checkArgument(
                index >= 0 && index < m_columns.size(), "There is no column %d among %d", index, m_columns.size());
        final int former = indexOf(colSpec.getName());
        CheckUtils.checkArgument(
                former < 0 || former == index, "Column %d has the name \"%s\" already", former, colSpec.getName());
        m_columns.set(index, colSpec);
        return this;
    }

    public DataTableSpecCreator setName(final String name) {
        m_name = name;
        return this;
    }

    public DataTableSpecCreator putProperty(final String key, final String value) {
        CheckUtils.checkArgument(key != null && !key.isEmpty(), "A property key must not be empty");
        m_properties.put(key, value);
        return this;
    }

    /** Forgets what is known of the columns' values. */
    public DataTableSpecCreator dropAllDomains() {
        m_columns.replaceAll(column -> {
            final DataColumnSpecCreator creator = new DataColumnSpecCreator(column);
            creator.setDomain(null);
            return creator.createSpec();
        });
        return this;
    }

    public DataTableSpecCreator dropAllColumns() {
        m_columns.clear();
        return this;
    }

    public DataTableSpec createSpec() {
        return new DataTableSpec(m_name, m_columns.toArray(DataColumnSpec[]::new), m_properties);
    }
}
