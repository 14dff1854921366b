package org.knime.core.data.def;

import java.util.Objects;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.NominalValue;
import org.knime.core.data.StringValue;

/** A cell with a text, which is never null (a missing text is a missing cell). */
public final class StringCell extends DataCell implements StringValue, NominalValue {

    public static final DataType TYPE = DataType.getType(StringCell.class);

    private static final long serialVersionUID = 1L;

    private final String m_value;

    public StringCell(final String str) {
        m_value = Objects.requireNonNull(str, "The text of a cell must not be null");
    }

    @Override
    public String getStringValue() {
        return m_value;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return m_value.equals(((StringCell) dc).m_value);
    }

    @Override
    public int hashCode() {
        return m_value.hashCode();
    }

    @Override
    public String toString() {
        return m_value;
    }

    /** Makes cells from text. */
    public static final class StringCellFactory {

        public static final DataType TYPE = StringCell.TYPE;

        private StringCellFactory() {}

        public static DataCell create(final String s) {
            return new StringCell(s);
        }
    }
}
