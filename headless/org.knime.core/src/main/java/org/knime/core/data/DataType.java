package org.knime.core.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The type of a column: the class of its cells and with it the values by which they can be read. */
public final class DataType {

    private static final Map<Class<? extends DataCell>, DataType> TYPES = new ConcurrentHashMap<>();
    private static final Map<Class<?>, String> NAMES = Map.of(
            StringValue.class, "String",
            IntValue.class, "Number (Integer)",
            LongValue.class, "Number (Long Integer)",
            DoubleValue.class, "Number (Float)",
            BooleanValue.class, "Boolean");

    private final Class<? extends DataCell> m_cellClass;
    private final Set<Class<?>> m_valueClasses = new LinkedHashSet<>(); // the one that gives the type its name first

    private DataType(final Class<? extends DataCell> cellClass) {
        m_cellClass = cellClass;
        m_valueClasses.addAll(List.of(cellClass.getInterfaces()));
    }

    public static DataType getType(final Class<? extends DataCell> cell) {
        return TYPES.computeIfAbsent(cell, DataType::new);
    }

    public static DataCell getMissingCell() {
        return MissingCell.INSTANCE;
    }

    public Class<? extends DataCell> getCellClass() {
        return m_cellClass;
    }

    /** True if cells of this type can be read by the value class; missing cells can be read by none. */
    public boolean isCompatible(final Class<? extends DataValue> valueClass) {
        return m_valueClasses.stream().anyMatch(valueClass::isAssignableFrom);
    }

    /** True if cells of the other type fit a column of this type: same type, missing, or all values of this type. */
    public boolean isASuperTypeOf(final DataType type) {
        return equals(type) || type.m_cellClass == MissingCell.class || type.m_valueClasses.containsAll(m_valueClasses);
    }

    public String getName() {
        return m_valueClasses.stream().findFirst().map(NAMES::get).orElse(m_cellClass.getSimpleName());
    }

    @Override
    public String toString() {
        return getName();
    }
}
