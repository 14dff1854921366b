package org.knime.core.util;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Temporary files, and copying and deleting folders. */
public final class FileUtil {

    private static final Set<File> TEMPORARY = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> TEMPORARY.forEach(FileUtil::deleteRecursively)));
    }

    private FileUtil() {}

    /** A new temporary folder, deleted when the program ends. */
    public static File createTempDir(final String prefix) throws IOException {
        final File folder = Files.createTempDirectory(prefix).toFile();
        TEMPORARY.add(folder);
        return folder;
    }

    /** A new temporary file, deleted when the program ends. */
    public static File createTempFile(final String prefix, final String suffix) throws IOException {
        final File file = Files.createTempFile(prefix, suffix).toFile();
        file.deleteOnExit();
        return file;
    }

    /** Copies a folder with all it holds into another folder, which is made if need be. */
    public static void copyDir(final File sourceDir, final File targetDir) throws IOException {
        final Path source = sourceDir.toPath();
        try (Stream<Path> paths = Files.walk(source)) {
            for (final Path path : (Iterable<Path>) paths::iterator) {
                final Path target =
                        targetDir.toPath().resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Deletes a file, or a folder with all it holds; false if something could not be deleted. */
    public static boolean deleteRecursively(final File dir) {
        try (Stream<Path> paths = Files.walk(dir.toPath())) {
            return paths.sorted(Comparator.reverseOrder())
                    .map(Path::toFile)
                    .map(File::delete)
                    .reduce(true, Boolean::logicalAnd);
        } catch (final IOException e) {
            return false;
        }
    }
}
