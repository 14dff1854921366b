package org.knime.core.data.def;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;

/** A cell with a double; NaN equals NaN. */
public final class DoubleCell extends DataCell implements DoubleValue {

    public static final DataType TYPE = DataType.getType(DoubleCell.class);

    private final double m_value;

    public DoubleCell(final double value) {
        m_value = value;
    }

    @Override
    public double getDoubleValue() {
        return m_value;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        final double other = ((DoubleCell) dc).m_value;
        return m_value == other || Double.isNaN(m_value) && Double.isNaN(other);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(m_value + 0.0); // -0.0 and 0.0 are equal
    }

    @Override
    public String toString() {
        return Double.toString(m_value);
    }
}
