package org.knime.core.data.def;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** A row that holds its cells. */
public class DefaultRow implements DataRow {

    private final RowKey m_key;
    private final List<DataCell> m_cells;

    public DefaultRow(final RowKey rowKey, final List<DataCell> row) {
        m_key = Objects.requireNonNull(rowKey, "A row key must not be null");
        m_cells = List.copyOf(row);
    }

    public DefaultRow(final String rowId, final List<DataCell> row) {
        this(new RowKey(rowId), row);
    }

    public DefaultRow(final RowKey rowKey, final DataCell... row) {
        this(rowKey, List.of(row));
    }

    public DefaultRow(final String rowId, final DataCell... row) {
        this(new RowKey(rowId), row);
    }

    public DefaultRow(final RowKey rowKey, final double... row) {
        this(rowKey, DoubleStream.of(row).<DataCell>mapToObj(DoubleCell::new).toList());
    }

    public DefaultRow(final String rowId, final double... row) {
        this(new RowKey(rowId), row);
    }

    public DefaultRow(final RowKey rowKey, final int... row) {
        this(rowKey, IntStream.of(row).<DataCell>mapToObj(IntCell::new).toList());
    }

    public DefaultRow(final String rowId, final int... row) {
        this(new RowKey(rowId), row);
    }

    public DefaultRow(final RowKey rowKey, final String... row) {
        this(rowKey, Stream.of(row).<DataCell>map(StringCell::new).toList());
    }

    public DefaultRow(final String rowId, final String... row) {
        this(new RowKey(rowId), row);
    }

    /** The cells of another row under a new key. */
    public DefaultRow(final RowKey key, final DataRow row) {
        this(key, StreamSupport.stream(row.spliterator(), false).toList());
    }

    public DefaultRow(final String rowId, final DataRow row) {
        this(new RowKey(rowId), row);
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
