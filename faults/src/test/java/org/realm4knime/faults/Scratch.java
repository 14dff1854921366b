package org.realm4knime.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of this process for inputs that must be files; it is removed at the end. */
public final class Scratch {

    private static final Path REPOSITORY = Path.of("..");

    private final Path folder;

    /** A new, empty folder. */
    public Scratch() {
        try {
            folder = Files.createTempDirectory("realm-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** Writes a file, over the one that was there. */
    public Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies files of a folder of the repository. */
    public Scratch with(String source, List<String> names) {
        try {
            for (String name : names) {
                Files.copy(REPOSITORY.resolve(source).resolve(name), folder.resolve(name));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // it is the system's folder of temporary files
        }
    }
}
