package org.realm4knime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Writes several files that belong together into a folder, which may hold others: all of them under another name first,
 * so that those that are there are replaced only when all of the new ones are written. If anything fails, the folder is
 * as it was.
 */
public final class WholeFolder {

    private static final String PART = "writing" + WholeFile.PART;

    private WholeFolder() {}

    /**
     * What is written.
     *
     * @param <E> what may be thrown besides
     */
    @FunctionalInterface
    public interface Content<E extends Exception> {

        /** Writes it into an empty folder. */
        void write(Path folder) throws IOException, E;
    }

    /**
     * Writes files into a folder.
     *
     * @param folder made if it is not there; files of the same names are replaced
     * @param stale which other files of it go, as they would be read with the new ones
     * @throws IOException if they cannot be written
     */
    public static <E extends Exception> void write(Path folder, Predicate<Path> stale, Content<E> content)
            throws IOException, E {
        boolean made = !Files.isDirectory(folder);
        Path part = folder.resolve(PART);
        boolean whole = false;
        try {
            FileUtils.deleteDirectory(part.toFile());
            Files.createDirectories(part);
            content.write(part);
            move(part, folder, stale);
            whole = true;
        } finally {
            FileUtils.deleteQuietly(part.toFile());
            if (!whole && made && isEmpty(folder)) {
                Files.delete(folder);
            }
        }
    }

    /**
     * Deletes a folder with all that is in it, so that its name never stands for what is left of it: it gets another
     * one first, which ends in {@link WholeFile#PART}.
     *
     * @param folder may be missing
     * @throws IOException if something cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        Path going = folder;
        if (Files.isDirectory(folder) && !isPart(folder)) {
            going = folder.resolveSibling(folder.getFileName() + ".old" + WholeFile.PART);
            FileUtils.deleteDirectory(going.toFile());
            Files.move(folder, going, StandardCopyOption.ATOMIC_MOVE);
        }
        FileUtils.deleteDirectory(going.toFile());
    }

    /** Whether a folder's or file's name says that it is not whole. */
    public static boolean isPart(Path path) {
        return path.getFileName().toString().endsWith(WholeFile.PART);
    }

    private static void move(Path part, Path folder, Predicate<Path> stale) throws IOException {
        List<Path> fresh =
                files(part, Integer.MAX_VALUE).stream().map(part::relativize).toList();
        for (Path file : fresh) {
            Path target = folder.resolve(file);
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.move(part.resolve(file), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path file : files(folder, 1)) {
            if (stale.test(file) && !fresh.contains(folder.relativize(file))) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        try (Stream<Path> tree = Files.walk(folder, depth)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }
}
