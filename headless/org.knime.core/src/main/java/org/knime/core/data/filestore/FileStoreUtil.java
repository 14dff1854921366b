package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.List;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.internal.FileStoreProxy.FlushCallback;
import org.knime.core.data.filestore.internal.IFileStoreHandler;
import org.knime.core.data.filestore.internal.WriteFileStoreHandler;

/** The framework's access to what file stores hide from nodes. */
public final class FileStoreUtil {

    private FileStoreUtil() {}

    public static FileStore createFileStore(final WriteFileStoreHandler handler, final FileStoreKey key) {
        return new FileStore(handler, key);
    }

    public static FileStoreKey getFileStoreKey(final FileStore store) {
        return store.getKey();
    }

    public static IFileStoreHandler getFileStoreHandler(final FileStore filestore) {
        return filestore.getFileStoreHandler();
    }

    public static List<FileStore> getFileStores(final FileStorePortObject po) {
        return po.getFileStores();
    }

    /** Lets the object write what is in memory only. */
    public static void invokeFlush(final FlushCallback flushCallback) throws IOException {
        if (flushCallback instanceof FileStorePortObject po) {
            po.callFlushIfNeeded();
        }
    }

    /** Gives a restored object its file stores. */
    public static void retrieveFileStoreHandlerFrom(
            final FileStorePortObject object, final List<FileStoreKey> keys, final IDataRepository repository)
            throws IOException {
        object.retrieveFileStoreHandlerFrom(keys, repository);
    }
}
