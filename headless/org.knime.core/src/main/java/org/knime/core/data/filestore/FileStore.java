package org.knime.core.data.filestore;

import java.io.File;
import org.realm4knime.standin.StoredFile;

/** A file or folder that belongs to a workflow and is saved with it. */
public final class FileStore {

    private final File m_file;

    public FileStore(final StoredFile file) {
        m_file = file.path().toFile();
    }

    /** Where to write the file, or the folder with {@link File#mkdirs()}; its parent folder exists. */
    public File getFile() {
        return m_file;
    }
}
