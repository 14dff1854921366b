package org.knime.core.data.filestore.internal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.knime.core.data.filestore.internal.FileStoreProxy.FlushCallback;

/** Makes the file stores of one node. */
public interface IWriteFileStoreHandler extends IFileStoreHandler {

    /** @throws IOException if the name is taken or the folder cannot be made */
    FileStore createFileStore(String name) throws IOException;

    void addToRepository(IDataRepository repository);

    /**
     * The key under which this handler keeps the file store; a file store of another handler is copied.
     *
     * @param flushCallback what holds the file store; it is flushed already
     * @throws UncheckedIOException if copying fails
     */
    FileStoreKey translateToLocal(FileStore fs, FlushCallback flushCallback);

    UUID getStoreUUID();

    /** The folder of the file stores; null if there are none yet. */
    File getBaseDir();
}
