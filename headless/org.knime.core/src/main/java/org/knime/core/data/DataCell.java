package org.knime.core.data;

/** One immutable value of a table. Subclasses implement the {@link DataValue} interfaces by which it can be read. */
public abstract class DataCell implements DataValue {

    public final DataType getType() {
        return DataType.getType(getClass());
    }

    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();

    /** Cells are equal if they are of one class and have the same value. */
    @Override
    public final boolean equals(final Object o) {
        return this == o || o != null && getClass() == o.getClass() && equalsDataCell((DataCell) o);
    }

    /** Compares with a cell of the same class. */
    protected abstract boolean equalsDataCell(DataCell dc);

    @Override
    public abstract int hashCode();
}
