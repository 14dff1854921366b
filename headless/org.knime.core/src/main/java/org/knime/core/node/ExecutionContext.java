package org.knime.core.node;

import java.io.IOException;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;
import org.knime.core.node.workflow.SingleNodeContainer.MemoryPolicy;

/** What a node gets to execute: progress, and the makers of tables and file stores. */
public class ExecutionContext extends ExecutionMonitor {

    private final Node m_node;
    private final IDataRepository m_repository;

    /**
     * @param node the node on whose behalf tables and file stores are made
     * @param policy ignored: tables are kept in memory
     * @param dataRepository the file stores of the workflow
     */
    public ExecutionContext(
            final NodeProgressMonitor progMon,
            final Node node,
            final MemoryPolicy policy,
            final IDataRepository dataRepository) {
        this(progMon, node, dataRepository);
    }

    private ExecutionContext(final NodeProgressMonitor progMon, final Node node, final IDataRepository dataRepository) {
        super(progMon);
        m_node = node;
        m_repository = dataRepository;
    }

    IDataRepository getDataRepository() {
        return m_repository;
    }

    IWriteFileStoreHandler getFileStoreHandler() {
        return (IWriteFileStoreHandler) m_node.getFileStoreHandler();
    }

    /** A container for the rows of a table; the domains of the columns are collected from the rows. */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return createDataContainer(spec, true);
    }

    /** @param initDomain whether the domains in the spec are kept (and widened) instead of collected anew */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec, final boolean initDomain) {
        return new BufferedDataContainer(spec, initDomain);
    }

    /** Copies a table; its domains are kept. */
    public BufferedDataTable createBufferedDataTable(final DataTable table, final ExecutionMonitor subProgressMon)
            throws CanceledExecutionException {
        if (table instanceof BufferedDataTable bufferedTable) {
            return bufferedTable;
        }
        final BufferedDataContainer container = createDataContainer(table.getDataTableSpec(), true);
        for (final DataRow row : table) {
            subProgressMon.checkCanceled();
            container.addRowToTable(row);
        }
        container.close();
        return container.getTable();
    }

    /**
     * The same rows under another spec, for instance with other column names.
     *
     * @throws IllegalArgumentException if the specs differ in the number of columns
     */
    public BufferedDataTable createSpecReplacerTable(final BufferedDataTable in, final DataTableSpec newSpec) {
        if (in.getDataTableSpec().getNumColumns() != newSpec.getNumColumns()) {
            throw new IllegalArgumentException(String.format(
                    "The table has %d columns, the new spec %d.",
                    in.getDataTableSpec().getNumColumns(), newSpec.getNumColumns()));
        }
        return in.withSpec(newSpec);
    }

    /** A table without rows. */
    public BufferedDataTable createVoidTable(final DataTableSpec spec) {
        final BufferedDataContainer container = createDataContainer(spec);
        container.close();
        return container.getTable();
    }

    /**
     * A file or folder that is saved with the workflow.
     *
     * @param relativePath its name, unique for the node
     * @throws IOException if the name is taken or the folder cannot be made
     */
    public FileStore createFileStore(final String relativePath) throws IOException {
        return getFileStoreHandler().createFileStore(relativePath);
    }

    /** A context for a part of the work: its progress 1 moves this one by {@code maxProg}. */
    public ExecutionContext createSubExecutionContext(final double maxProg) {
        return new ExecutionContext(createSubProgressMonitor(maxProg), m_node, m_repository);
    }

    /** Like {@link #createSubExecutionContext}, but its messages are not shown. */
    public ExecutionContext createSilentSubExecutionContext(final double maxProg) {
        return new ExecutionContext(createSilentSubProgressMonitor(maxProg), m_node, m_repository);
    }
}
