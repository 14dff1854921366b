package org.knime.core.data.filestore.internal;

/** Holds what refers to file stores. */
public final class FileStoreProxy {

    private FileStoreProxy() {}

    /** Something that can write what it holds in memory into its file stores. */
    public interface FlushCallback {}
}
