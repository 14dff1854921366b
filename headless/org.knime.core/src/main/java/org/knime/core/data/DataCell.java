package org.knime.core.data;

import java.io.Serializable;

/** One immutable value of a table. Subclasses implement the {@link DataValue} interfaces by which it can be read. */
public abstract class DataCell implements DataValue, Serializable {

    private static final long serialVersionUID = 1L;

    public final DataType getType() {
        return DataType.getType(getClass());
    }

    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();

    /** All missing cells are equal; cells of different classes are equal if {@link #equalContent} says so. */
    @Override
    public final boolean equals(final Object o) {
        if (this == o) {
            return true;
        }
        if (!(o instanceof DataCell other)) {
            return false;
        }
        if (isMissing() || other.isMissing()) {
            return isMissing() && other.isMissing();
        }
        if (getClass() == other.getClass()) {
            return equalsDataCell(other);
        }
        return getType().getPreferredValueClass() == other.getType().getPreferredValueClass() && equalContent(other);
    }

    /** Compares with a cell of the same class. */
    protected abstract boolean equalsDataCell(DataCell dc);

    /** Compares with a cell of another class and the same preferred value class. */
    protected boolean equalContent(final DataValue otherValue) {
        return false;
    }

    @Override
    public abstract int hashCode();
}
