package org.knime.core.data.container;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.util.DuplicateKeyException;

/** Collects rows in memory, checks them against the spec, and keeps track of the columns' domains. */
public class DataContainer implements RowAppender {

    private final DataTableSpec m_spec;
    private final List<DataRow> m_rows = new ArrayList<>();
    private final Set<RowKey> m_keys = new HashSet<>();
    private final DomainCollector m_domains;
    private ContainerTable m_table;

    /** @param spec the structure of the rows; the domains in it are where the collected ones start from */
    public DataContainer(final DataTableSpec spec) {
        this(spec, false);
    }

    /** @param initDomain whether the domains in the spec are kept (and widened) instead of collected anew */
    public DataContainer(final DataTableSpec spec, final boolean initDomain) {
        m_spec = Objects.requireNonNull(spec, "The spec of a table must not be null");
        m_domains = new DomainCollector(spec, initDomain);
    }

    /**
     * @throws IllegalStateException if the container is closed
     * @throws IllegalArgumentException if the number or a type of the cells does not agree with the spec
     * @throws DuplicateKeyException if the table has a row of this key already
     */
    @Override
    public void addRowToTable(final DataRow row) {
        if (isClosed()) {
            throw new IllegalStateException("Cannot add a row: the container is closed");
        }
        checkAgainstSpec(Objects.requireNonNull(row, "A row must not be null"));
        if (!m_keys.add(row.getKey())) {
            final String key = row.getKey().getString();
            throw new DuplicateKeyException("Encountered duplicate row ID \"" + key + "\"", key);
        }
        m_domains.update(row);
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
        if (isOpen()) {
            m_table = new MemoryTable(m_domains.createSpec(), m_rows);
            m_keys.clear();
        }
    }

    public boolean isClosed() {
        return m_table != null;
    }

    public boolean isOpen() {
        return !isClosed();
    }

    /** The number of rows added so far. */
    public long size() {
        return m_rows.size();
    }

    /** The structure of the table, with the collected domains once the container is closed. */
    public DataTableSpec getTableSpec() {
        return isClosed() ? m_table.getDataTableSpec() : m_spec;
    }

    /** @throws IllegalStateException if the container is not closed yet */
    protected final ContainerTable getBufferedTable() {
        if (isOpen()) {
            throw new IllegalStateException("Cannot get the table: the container is not closed");
        }
        return m_table;
    }

    /** @throws IllegalStateException if the container is not closed yet */
    public DataTable getTable() {
        return getBufferedTable();
    }

    /** Writes a table so that {@link #readFromStream} restores it; the stream stays open. */
    public static void writeToStream(final DataTable table, final OutputStream out, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        TableFile.write(table, out, exec);
    }

    /** Writes a table so that {@link #readFromZip} restores it. */
    public static void writeToZip(final DataTable table, final File zipFile, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (OutputStream out = new FileOutputStream(zipFile)) {
            writeToStream(table, out, exec);
        }
    }

    /** Reads a table into memory and closes the stream. */
    public static ContainerTable readFromStream(final InputStream in) throws IOException {
        return TableFile.read(in);
    }

    /** Reads a table into memory. */
    public static ContainerTable readFromZip(final File zipFile) throws IOException {
        return readFromStream(new FileInputStream(zipFile));
    }
}
