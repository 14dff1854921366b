package org.knime.core.webui.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the files of the bundle of a class: of a jar, or of a project that was compiled. */
final class BundleFiles {

    private static final Map<Path, FileSystem> JARS = new ConcurrentHashMap<>();

    private BundleFiles() {}

    /** @param path relative to the root of the bundle */
    static Path folder(final Class<?> clazz, final String path) {
        final Path code = location(clazz);
        if (Files.isRegularFile(code)) {
            return JARS.computeIfAbsent(code, BundleFiles::open).getPath("/", path);
        }
        // in a project, classes are below target/classes and other files at its root
        final Path inCode = code.resolve(path);
        final Path project = code.resolve("../..").normalize();
        return Files.isDirectory(inCode) || !code.endsWith("target/classes") ? inCode : project.resolve(path);
    }

    private static Path location(final Class<?> clazz) {
        try {
            return Path.of(
                    clazz.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException | FileSystemNotFoundException e) {
            throw new IllegalStateException("The files of the bundle of " + clazz + " cannot be found", e);
        }
    }

    private static FileSystem open(final Path jar) {
        try {
            return FileSystems.newFileSystem(jar);
        } catch (final IOException e) {
            throw new UncheckedIOException("The files of " + jar + " cannot be read: " + e.getMessage(), e);
        }
    }
}
