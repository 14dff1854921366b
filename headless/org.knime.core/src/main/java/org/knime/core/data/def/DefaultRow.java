package org.knime.core.data.def;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** A row that holds its cells. */
public class DefaultRow implements DataRow {

    private final RowKey m_key;
    private final List<DataCell> m_cells;

    public DefaultRow(final RowKey rowKey, final DataCell... row) {
        m_key = Objects.requireNonNull(rowKey, "A row key must not be null");
        m_cells = List.of(row);
    }

    @Override
    public final int getNumCells() {
        return m_cells.size();
    }

    @Override
    public final RowKey getKey() {
        return m_key;
    }

    @Override
    public final DataCell getCell(final int index) {
        return m_cells.get(index);
    }

    @Override
    public Iterator<DataCell> iterator() {
        return m_cells.iterator();
    }

    @Override
    public String toString() {
        return m_key + ": " + m_cells;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DefaultRow other && m_key.equals(other.m_key) && m_cells.equals(other.m_cells);
    }

    @Override
    public int hashCode() {
        return m_key.hashCode();
    }
}
