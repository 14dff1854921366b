package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.realm4knime.engine.WholeFolder;

/** A folder with all that is in it. */
public final class FolderTree {

    private FolderTree() {}

    /**
     * @param folder to remove with all that is in it, so that its name never stands for what is left; it may be missing
     * @throws IOException if something cannot be removed
     */
    public static void delete(Path folder) throws IOException {
        WholeFolder.delete(folder);
    }

    /**
     * @param folder a folder
     * @return the files in it, without those of folders in it
     * @throws IOException if it cannot be read
     */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * @param folder a folder; it may be missing
     * @return the folders in it
     * @throws IOException if it cannot be read
     */
    public static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }
}
