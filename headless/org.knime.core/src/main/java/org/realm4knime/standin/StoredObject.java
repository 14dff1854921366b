package org.realm4knime.standin;

import java.util.List;
import org.knime.core.data.filestore.FileStore;

/** A port object with file stores, as those see it who write and read it. */
public interface StoredObject {

    /** @return its file stores, in their order */
    List<FileStore> fileStores();

    /**
     * Completes an object that was read.
     *
     * @param fileStores copies of those that it was written with, in the same order
     */
    void attach(List<FileStore> fileStores);
}
