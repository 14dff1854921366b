package org.knime.core.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** The type of a column: the class of its cells and with it the values by which they can be read. */
public final class DataType {

    private static final String CELL_CLASS = "cell_class";
    private static final Map<Class<? extends DataCell>, DataType> TYPES = new ConcurrentHashMap<>();
    private static final Map<Class<?>, String> NAMES = Map.of(
            StringValue.class, "String",
            IntValue.class, "Number (Integer)",
            LongValue.class, "Number (Long Integer)",
            DoubleValue.class, "Number (Float)",
            BooleanValue.class, "Boolean");

    private final Class<? extends DataCell> m_cellClass;
    private final List<Class<? extends DataValue>> m_valueClasses;

    private DataType(final Class<? extends DataCell> cellClass) {
        m_cellClass = cellClass;
        final Set<Class<? extends DataValue>> values = new LinkedHashSet<>();
        for (Class<?> c = cellClass; c != null; c = c.getSuperclass()) {
            collectValueClasses(c, values);
        }
        m_valueClasses = List.copyOf(values);
    }

    private static void collectValueClasses(final Class<?> type, final Set<Class<? extends DataValue>> values) {
        for (final Class<?> parent : type.getInterfaces()) {
            if (parent != DataValue.class && DataValue.class.isAssignableFrom(parent)) {
                values.add(parent.asSubclass(DataValue.class));
                collectValueClasses(parent, values);
            }
        }
    }

    public static DataType getType(final Class<? extends DataCell> cell) {
        return TYPES.computeIfAbsent(cell, DataType::new);
    }

    public static DataCell getMissingCell() {
        return MissingCell.INSTANCE;
    }

    public boolean isMissingValueType() {
        return m_cellClass == MissingCell.class;
    }

    public Class<? extends DataCell> getCellClass() {
        return m_cellClass;
    }

    /** The values by which cells of this type can be read, the preferred one first. */
    public List<Class<? extends DataValue>> getValueClasses() {
        return new ArrayList<>(m_valueClasses);
    }

    public Class<? extends DataValue> getPreferredValueClass() {
        return m_valueClasses.isEmpty() ? null : m_valueClasses.get(0);
    }

    /** True if cells of this type can be read by the value class; missing cells can be read by none. */
    public boolean isCompatible(final Class<? extends DataValue> valueClass) {
        return !isMissingValueType() && m_valueClasses.stream().anyMatch(valueClass::isAssignableFrom);
    }

    /** True if cells of the other type fit a column of this type: same type, missing, or all values of this type. */
    public boolean isASuperTypeOf(final DataType type) {
        return equals(type) || type.isMissingValueType() || type.m_valueClasses.containsAll(m_valueClasses);
    }

    /** Compares cells of this type: numbers by size, everything else by its text. */
    public DataValueComparator getComparator() {
        final Comparator<DataValue> order;
        if (isCompatible(LongValue.class)) {
            order = Comparator.comparingLong(v -> ((LongValue) v).getLongValue());
        } else if (isCompatible(DoubleValue.class)) {
            order = Comparator.comparingDouble(v -> ((DoubleValue) v).getDoubleValue());
        } else {
            order = Comparator.comparing(Object::toString);
        }
        return new DataValueComparator() {
            @Override
            protected int compareDataValues(final DataValue v1, final DataValue v2) {
                return order.compare(v1, v2);
            }
        };
    }

    public void save(final ConfigWO config) {
        config.addString(CELL_CLASS, m_cellClass.getName());
    }

    /** @throws InvalidSettingsException if the cell class is not known here */
    public static DataType load(final ConfigRO config) throws InvalidSettingsException {
        final String className = config.getString(CELL_CLASS);
        try {
            return getType(Class.forName(className).asSubclass(DataCell.class));
        } catch (final ClassNotFoundException | ClassCastException e) {
            throw new InvalidSettingsException("The cell class " + className + " is not known here", e);
        }
    }

    public String getName() {
        return NAMES.getOrDefault(getPreferredValueClass(), m_cellClass.getSimpleName());
    }

    @Override
    public String toString() {
        return getName();
    }

    @Override
    public boolean equals(final Object other) {
        return this == other || other instanceof DataType type && m_cellClass == type.m_cellClass;
    }

    @Override
    public int hashCode() {
        return m_cellClass.hashCode();
    }
}
