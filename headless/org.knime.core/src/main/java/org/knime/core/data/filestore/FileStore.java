package org.knime.core.data.filestore;

import java.io.File;
import java.util.Objects;
import org.knime.core.data.filestore.internal.WriteFileStoreHandler;

/** A file or folder that belongs to a workflow and is saved with it. */
public final class FileStore {

    private final WriteFileStoreHandler m_handler;
    private final FileStoreKey m_key;

    FileStore(final WriteFileStoreHandler storeHandler, final FileStoreKey key) {
        m_handler = Objects.requireNonNull(storeHandler);
        m_key = Objects.requireNonNull(key);
    }

    FileStoreKey getKey() {
        return m_key;
    }

    WriteFileStoreHandler getFileStoreHandler() {
        return m_handler;
    }

    /** Where to write the file, or the folder with {@link File#mkdirs()}; its parent folder exists. */
    public File getFile() {
        return new File(m_handler.getParentDir(m_key.getIndex(), false), m_key.getNameOnDisc());
    }

    @Override
    public String toString() {
        return m_key.toString();
    }
}
