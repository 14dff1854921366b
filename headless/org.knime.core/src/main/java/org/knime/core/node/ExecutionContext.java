package org.knime.core.node;

import java.io.IOException;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.realm4knime.standin.FileStores;
import org.realm4knime.standin.Progress;

/** What a node gets to execute: progress, and the makers of tables and file stores. */
public class ExecutionContext extends ExecutionMonitor {

    private final FileStores m_fileStores;

    public ExecutionContext(final Progress progress, final FileStores fileStores) {
        super(progress);
        m_fileStores = fileStores;
    }

    /** A container for the rows of a table. */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return new BufferedDataContainer(spec);
    }

    /**
     * A file or folder that is saved with the workflow.
     *
     * @param relativePath its name, unique for the node
     * @throws IOException if the name is taken or the folder cannot be made
     */
    public FileStore createFileStore(final String relativePath) throws IOException {
        return new FileStore(m_fileStores.create(relativePath));
    }
}
