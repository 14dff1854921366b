package org.knime.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;
import org.knime.core.node.port.PortObjectSpec;

/** The structure of a table: its columns in order, with unique names. */
public final class DataTableSpec implements PortObjectSpec, Iterable<DataColumnSpec> {

    private static final String DEFAULT_NAME = "default";
    private static final String CFG_NAME = "spec_name";
    private static final String CFG_COLUMNS = "number_columns";
    private static final String CFG_COLUMN = "column_spec_";
    private static final String CFG_PROPERTIES = "spec_properties";

    private final String m_name;
    private final List<DataColumnSpec> m_columns;
    private final Map<String, Integer> m_indices = new HashMap<>();
    private final Map<String, String> m_properties;

    /** A spec without columns. */
    public DataTableSpec() {
        this(new DataColumnSpec[0]);
    }

    public DataTableSpec(final DataColumnSpec... colSpecs) {
        this(DEFAULT_NAME, colSpecs);
    }

    public DataTableSpec(final String name, final DataColumnSpec... colSpecs) {
        this(name, colSpecs, Map.of());
    }

    public DataTableSpec(final String[] names, final DataType[] types) {
        this(createColumnSpecs(names, types));
    }

    /** The columns of both specs; the names must differ. */
    public DataTableSpec(final DataTableSpec spec1, final DataTableSpec spec2) {
        this(Stream.concat(spec1.stream(), spec2.stream()).toArray(DataColumnSpec[]::new));
    }

    /** @throws IllegalArgumentException if a column name appears twice */
    DataTableSpec(final String name, final DataColumnSpec[] colSpecs, final Map<String, String> properties) {
        m_name = name == null ? DEFAULT_NAME : name;
        m_columns = List.of(colSpecs);
        m_properties = new LinkedHashMap<>(properties);
        for (int i = 0; i < colSpecs.length; i++) {
            final Integer former = m_indices.put(colSpecs[i].getName(), i);
            if (former != null) {
                throw new IllegalArgumentException(String.format(
                        "The column name \"%s\" appears twice, at positions %d and %d.",
                        colSpecs[i].getName(), former, i));
            }
        }
    }

    public static DataColumnSpec[] createColumnSpecs(final String[] names, final DataType[] types) {
        if (names.length != types.length) {
            throw new IllegalArgumentException(names.length + " column names but " + types.length + " types");
        }
        final DataColumnSpec[] columns = new DataColumnSpec[names.length];
        Arrays.setAll(columns, i -> new DataColumnSpecCreator(names[i], types[i]).createSpec());
        return columns;
    }

    public String getName() {
        return m_name;
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

    /** The column of that name; null if there is none. */
    public DataColumnSpec getColumnSpec(final String column) {
        final int index = findColumnIndex(column);
        return index < 0 ? null : m_columns.get(index);
    }

    /** The position of the column of that name; -1 if there is none. */
    public int findColumnIndex(final String columnName) {
        return m_indices.getOrDefault(columnName, -1);
    }

    public boolean containsName(final String columnName) {
        return findColumnIndex(columnName) >= 0;
    }

    public boolean containsCompatibleType(final Class<? extends DataValue> valueClass) {
        return stream().anyMatch(column -> column.getType().isCompatible(valueClass));
    }

    /** The positions of the named columns, in the order of the names. */
    public int[] columnsToIndices(final String... columns) {
        return Arrays.stream(columns).mapToInt(this::findColumnIndex).toArray();
    }

    /** True if both have the same columns by name, type and order. */
    public boolean equalStructure(final DataTableSpec spec) {
        if (spec == null || spec.getNumColumns() != getNumColumns()) {
            return false;
        }
        for (int i = 0; i < getNumColumns(); i++) {
            if (!getColumnSpec(i).equalStructure(spec.getColumnSpec(i))) {
                return false;
            }
        }
        return true;
    }

    public Map<String, String> getProperties() {
        return new LinkedHashMap<>(m_properties);
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

    public void save(final ConfigWO config) {
        config.addString(CFG_NAME, m_name);
        config.addInt(CFG_COLUMNS, getNumColumns());
        for (int i = 0; i < getNumColumns(); i++) {
            getColumnSpec(i).save(config.addConfig(CFG_COLUMN + i));
        }
        if (!m_properties.isEmpty()) {
            final Config properties = config.addConfig(CFG_PROPERTIES);
            int index = 0;
            for (final Map.Entry<String, String> property : m_properties.entrySet()) {
                final Config entry = properties.addConfig("prop-" + index++);
                entry.addString("key", property.getKey());
                entry.addString("value", property.getValue());
            }
        }
    }

    public static DataTableSpec load(final ConfigRO config) throws InvalidSettingsException {
        final List<DataColumnSpec> columns = new ArrayList<>();
        final int size = config.getInt(CFG_COLUMNS);
        for (int i = 0; i < size; i++) {
            columns.add(DataColumnSpec.load(config.getConfig(CFG_COLUMN + i)));
        }
        final Map<String, String> properties = new LinkedHashMap<>();
        if (config.containsKey(CFG_PROPERTIES)) {
            final Config saved = config.getConfig(CFG_PROPERTIES);
            for (final String key : saved) {
                final Config entry = saved.getConfig(key);
                properties.put(entry.getString("key"), entry.getString("value"));
            }
        }
        return new DataTableSpec(config.getString(CFG_NAME), columns.toArray(DataColumnSpec[]::new), properties);
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataTableSpec other
                && m_name.equals(other.m_name)
                && m_columns.equals(other.m_columns)
                && m_properties.equals(other.m_properties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_name, m_columns);
    }

    @Override
    public String toString() {
        return m_name + m_columns;
    }
}
