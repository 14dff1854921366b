package org.knime.core.data;

import java.util.UUID;
import org.knime.core.data.filestore.internal.IFileStoreHandler;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;

/** The file stores of a workflow, by the handler that keeps them. */
public interface IDataRepository {

    void addFileStoreHandler(IWriteFileStoreHandler handler);

    void removeFileStoreHandler(IWriteFileStoreHandler handler);

    /** The handler of that id; null if there is none. */
    IFileStoreHandler getHandler(UUID storeHandlerUUID);

    /** @throws IllegalStateException if there is no handler of that id */
    IFileStoreHandler getHandlerNotNull(UUID storeHandlerUUID);
}
