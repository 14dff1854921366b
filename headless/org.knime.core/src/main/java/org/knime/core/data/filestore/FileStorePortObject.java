package org.knime.core.data.filestore;

import java.util.List;
import org.knime.core.node.port.PortObject;
import org.realm4knime.standin.StoredObject;

/**
 * A port object whose content is in file stores. A subclass has a serializer that restores it through the constructor
 * without arguments; its file stores are attached afterwards.
 */
public abstract class FileStorePortObject implements PortObject, StoredObject {

    private List<FileStore> m_fileStores;

    /** A new object with its file stores. */
    protected FileStorePortObject(final List<FileStore> fileStores) {
        m_fileStores = List.copyOf(fileStores);
    }

    /** For restoring. */
    protected FileStorePortObject() {
        this(List.of());
    }

    /** @throws IndexOutOfBoundsException if there is no such file store */
    protected FileStore getFileStore(final int index) {
        return m_fileStores.get(index);
    }

    @Override
    public final List<FileStore> fileStores() {
        return m_fileStores;
    }

    @Override
    public final void attach(final List<FileStore> fileStores) {
        m_fileStores = List.copyOf(fileStores);
    }
}
