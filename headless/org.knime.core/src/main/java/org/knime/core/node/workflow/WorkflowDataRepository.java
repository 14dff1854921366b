package org.knime.core.node.workflow;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.internal.IFileStoreHandler;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;

/** The file store handlers of a workflow's nodes. */
public class WorkflowDataRepository implements IDataRepository {

    private final Map<UUID, IWriteFileStoreHandler> m_handlers = new ConcurrentHashMap<>();

    @Override
    public void addFileStoreHandler(final IWriteFileStoreHandler handler) {
        m_handlers.put(handler.getStoreUUID(), handler);
    }

    @Override
    public void removeFileStoreHandler(final IWriteFileStoreHandler handler) {
        m_handlers.remove(handler.getStoreUUID());
    }

    @Override
    public IFileStoreHandler getHandler(final UUID storeHandlerUUID) {
        return m_handlers.get(storeHandlerUUID);
    }

    @Override
    public IFileStoreHandler getHandlerNotNull(final UUID storeHandlerUUID) {
        final IFileStoreHandler handler = getHandler(storeHandlerUUID);
        if (handler == null) {
            throw new IllegalStateException("There are no file stores with the id " + storeHandlerUUID);
        }
        return handler;
    }
}
