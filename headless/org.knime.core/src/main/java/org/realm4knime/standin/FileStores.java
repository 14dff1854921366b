package org.realm4knime.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The file stores of one node, in a folder that KNIME's layout calls {@code 000/000}. */
public final class FileStores {

    /** Where KNIME keeps the first thousand file stores of a node; none here has more. */
    static final String SUBFOLDER = "000/000";

    private final Path folder;
    private final Set<String> names = new HashSet<>();

    /** @param folder of the node's file stores; it may be missing */
    public FileStores(Path folder) {
        this.folder = folder;
    }

    /**
     * @param name unique for the node
     * @return a place for a new file or folder; the folder around it is there
     * @throws IOException if the name is taken or the folder cannot be made
     */
    public synchronized StoredFile create(String name) throws IOException {
        if (!names.add(name)) {
            throw new IOException("The node has a file store of the name \"" + name + "\" already");
        }
        Files.createDirectories(path(name).getParent());
        return new StoredFile(path(name));
    }

    /**
     * @param name of a file store
     * @return where it is
     */
    public Path path(String name) {
        return folder.resolve(SUBFOLDER).resolve(name);
    }
}
