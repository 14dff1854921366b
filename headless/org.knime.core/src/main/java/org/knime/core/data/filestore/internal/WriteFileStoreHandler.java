package org.knime.core.data.filestore.internal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.knime.core.data.IDataRepository;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.data.filestore.internal.FileStoreProxy.FlushCallback;
import org.knime.core.util.FileUtil;

/** Keeps file stores in a folder, a thousand in each of its sub folders "000/000", "000/001", ... */
public class WriteFileStoreHandler implements IWriteFileStoreHandler {

    /** File stores per folder, and folders per folder. */
    public static final int FILES_PER_FOLDER = 1000;

    private final String m_name;
    private final UUID m_storeUUID;
    private final Set<String> m_names = new HashSet<>();
    private final Map<FileStoreKey, FileStoreKey> m_copies = new HashMap<>();
    private IDataRepository m_repository;
    private File m_baseDir;
    private int m_nextIndex;

    /** @param name of the node, for people who look into the temporary folder */
    public WriteFileStoreHandler(final String name, final UUID storeUUID) {
        m_name = name;
        m_storeUUID = storeUUID;
    }

    @Override
    public UUID getStoreUUID() {
        return m_storeUUID;
    }

    @Override
    public void addToRepository(final IDataRepository repository) {
        m_repository = repository;
        repository.addFileStoreHandler(this);
    }

    @Override
    public IDataRepository getDataRepository() {
        return m_repository;
    }

    /** Chooses the folder; without this, a temporary one is made with the first file store. */
    public void setBaseDir(final File baseDir) {
        m_baseDir = baseDir;
    }

    @Override
    public File getBaseDir() {
        return m_baseDir;
    }

    @Override
    public synchronized FileStore createFileStore(final String name) throws IOException {
        if (!m_names.add(name)) {
            throw new IOException("The node has a file store of the name \"" + name + "\" already");
        }
        if (m_baseDir == null) {
            m_baseDir = FileUtil.createTempDir("knime_fs-" + m_name.replaceAll("[^A-Za-z0-9]+", "_") + "-");
        }
        final FileStoreKey key = new FileStoreKey(m_storeUUID, m_nextIndex, null, -1, name);
        getParentDir(m_nextIndex, true);
        m_nextIndex++;
        return FileStoreUtil.createFileStore(this, key);
    }

    /**
     * The folder of a file store.
     *
     * @param create whether the folder is made if it is not there
     */
    public File getParentDir(final int index, final boolean create) {
        final int folder = index / FILES_PER_FOLDER;
        final File parent =
                new File(m_baseDir, String.format("%03d/%03d", folder / FILES_PER_FOLDER, folder % FILES_PER_FOLDER));
        if (create && !parent.isDirectory() && !parent.mkdirs()) {
            throw new UncheckedIOException(new IOException("The folder " + parent + " cannot be made"));
        }
        return parent;
    }

    @Override
    public FileStore getFileStore(final FileStoreKey key) {
        return FileStoreUtil.createFileStore(this, key);
    }

    @Override
    public synchronized FileStoreKey translateToLocal(final FileStore fs, final FlushCallback flushCallback) {
        final FileStoreKey key = FileStoreUtil.getFileStoreKey(fs);
        if (key.getStoreUUID().equals(m_storeUUID)) {
            return key;
        }
        FileStoreKey copy = m_copies.get(key);
        if (copy == null) {
            copy = copy(fs, key.getName());
            m_copies.put(key, copy);
        }
        return copy;
    }

    private FileStoreKey copy(final FileStore fs, final String name) {
        try {
            final FileStore target = createFileStore(m_names.contains(name) ? m_copies.size() + "_" + name : name);
            if (fs.getFile().isDirectory()) {
                FileUtil.copyDir(fs.getFile(), target.getFile());
            } else if (fs.getFile().exists()) {
                Files.copy(fs.getFile().toPath(), target.getFile().toPath());
            }
            return FileStoreUtil.getFileStoreKey(target);
        } catch (final IOException e) {
            throw new UncheckedIOException("The file store " + fs + " cannot be copied: " + e.getMessage(), e);
        }
    }

    @Override
    public void clearAndDispose() {
        if (m_repository != null) {
            m_repository.removeFileStoreHandler(this);
        }
        if (m_baseDir != null) {
            FileUtil.deleteRecursively(m_baseDir);
        }
    }

    @Override
    public String toString() {
        return m_name + " (" + m_storeUUID + ")";
    }
}
