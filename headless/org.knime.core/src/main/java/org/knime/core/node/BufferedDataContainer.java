package org.knime.core.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;

/** Collects the rows of an output table in memory and checks them; made by an {@link ExecutionContext}. */
public class BufferedDataContainer {

    private final DataTableSpec m_spec;
    private final List<DataRow> m_rows = new ArrayList<>();
    private final Set<RowKey> m_keys = new HashSet<>();
    private boolean m_closed;

    BufferedDataContainer(final DataTableSpec spec) {
        m_spec = Objects.requireNonNull(spec, "The spec of a table must not be null");
    }

    /**
     * @throws IllegalStateException if the container is closed
     * @throws IllegalArgumentException if the number or a type of the cells does not agree with the spec, or the table
     *     has a row of this key already
     */
    public void addRowToTable(final DataRow row) {
        if (m_closed) {
            throw new IllegalStateException("Cannot add a row: the container is closed");
        }
        checkAgainstSpec(row);
        if (!m_keys.add(row.getKey())) {
            throw new IllegalArgumentException("The table has a row \"" + row.getKey() + "\" already");
        }
        m_rows.add(row);
    }

    private void checkAgainstSpec(final DataRow row) {
        if (row.getNumCells() != m_spec.getNumColumns()) {
            throw new IllegalArgumentException(String.format(
                    "Row \"%s\" has %d cells, but the table has %d columns.",
                    row.getKey(), row.getNumCells(), m_spec.getNumColumns()));
        }
        for (int i = 0; i < row.getNumCells(); i++) {
            final DataCell cell = row.getCell(i);
            final DataType type = m_spec.getColumnSpec(i).getType();
            if (!type.isASuperTypeOf(cell.getType())) {
                throw new IllegalArgumentException(String.format(
                        "The cell \"%.30s\" in row \"%s\", column \"%s\" is of type %s, but the column of type %s.",
                        cell, row.getKey(), m_spec.getColumnSpec(i).getName(), cell.getType(), type));
            }
        }
    }

    /** Ends adding rows; the table is available from now on. */
    public void close() {
        m_closed = true;
    }

    /** The number of rows added so far. */
    public long size() {
        return m_rows.size();
    }

    /** @throws IllegalStateException if the container is not closed yet */
    public BufferedDataTable getTable() {
        if (!m_closed) {
            throw new IllegalStateException("Cannot get the table: the container is not closed");
        }
        return new BufferedDataTable(m_spec, m_rows);
    }
}
