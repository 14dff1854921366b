package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.internal.FileStoreProxy.FlushCallback;
import org.knime.core.node.port.PortObject;

/**
 * A port object whose content is in file stores. A subclass has a serializer that restores it through the constructor
 * without arguments; its file stores are attached afterwards, then {@link #postConstruct} is called.
 */
public abstract class FileStorePortObject implements PortObject, FlushCallback {

    private final List<FileStore> m_fileStores = new ArrayList<>();
    private boolean m_flushed;

    /** A new object with its file stores. */
    protected FileStorePortObject(final List<FileStore> fileStores) {
        m_fileStores.addAll(fileStores);
    }

    /** For restoring. */
    protected FileStorePortObject() {
        m_flushed = true;
    }

    final void retrieveFileStoreHandlerFrom(final List<FileStoreKey> keys, final IDataRepository dataRepository)
            throws IOException {
        m_fileStores.clear();
        for (final FileStoreKey key : keys) {
            m_fileStores.add(
                    dataRepository.getHandlerNotNull(key.getStoreUUID()).getFileStore(key));
        }
        m_flushed = true;
        postConstruct();
    }

    /** Called when a restored object has got its file stores. */
    protected void postConstruct() throws IOException {
        // for subclasses
    }

    final void callFlushIfNeeded() throws IOException {
        if (!m_flushed) {
            m_flushed = true;
            flushToFileStore();
        }
    }

    /** Called once before the object leaves its node, to write what is still in memory only. */
    protected void flushToFileStore() throws IOException {
        // for subclasses
    }

    protected int getFileStoreCount() {
        return m_fileStores.size();
    }

    /** @throws IndexOutOfBoundsException if there is no such file store */
    protected FileStore getFileStore(final int index) {
        return m_fileStores.get(index);
    }

    List<FileStore> getFileStores() {
        return List.copyOf(m_fileStores);
    }

    /** Objects of one class with the same file stores are equal. */
    @Override
    public boolean equals(final Object obj) {
        return this == obj
                || obj != null && getClass() == obj.getClass() && keys().equals(((FileStorePortObject) obj).keys());
    }

    @Override
    public int hashCode() {
        return keys().hashCode();
    }

    private List<FileStoreKey> keys() {
        return m_fileStores.stream().map(FileStore::getKey).toList();
    }

    @Override
    public String toString() {
        return m_fileStores.toString();
    }
}
