package org.knime.core.data.filestore.internal;

import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;

/** Finds file stores by their key. */
public interface IFileStoreHandler {

    /** The repository this handler was added to; null before that. */
    IDataRepository getDataRepository();

    FileStore getFileStore(FileStoreKey key);

    /** Deletes all file stores of this handler. */
    void clearAndDispose();
}
