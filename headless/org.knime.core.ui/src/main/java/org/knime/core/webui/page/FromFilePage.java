package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.node.NodeLogger;

/** A web page from files of a bundle. */
public final class FromFilePage extends Page {

    private final Path m_folder;

    FromFilePage(final Class<?> clazz, final String basePath, final String relativeFilePath) {
        this(BundleFiles.folder(clazz, basePath), relativeFilePath);
    }

    private FromFilePage(final Path folder, final String relativeFilePath) {
        super(new FileResource(folder.resolve(relativeFilePath), relativeFilePath), true);
        m_folder = folder;
    }

    /** Adds a file; its path is relative to the folder of the page. */
    public FromFilePage addResourceFile(final String relativeFilePath) {
        add(new FileResource(m_folder.resolve(relativeFilePath), relativeFilePath));
        return this;
    }

    /** Adds all files of a folder and of the folders in it; its path is relative to the folder of the page. */
    public FromFilePage addResourceDirectory(final String relativeDirPath) {
        try (Stream<Path> paths = Files.walk(m_folder.resolve(relativeDirPath))) {
            final List<Path> files = paths.filter(Files::isRegularFile).toList();
            files.forEach(file -> addResourceFile(m_folder.relativize(file).toString()));
        } catch (final IOException e) {
            throw new UncheckedIOException("The files of a view cannot be listed: " + e.getMessage(), e);
        }
        return this;
    }

    private record FileResource(Path file, String path) implements Resource {

        FileResource {
            path = path.replace('\\', '/');
            if (!Files.isRegularFile(file)) {
                NodeLogger.getLogger(FromFilePage.class).codingWithFormat("The file %s of a view does not exist", file);
            }
        }

        @Override
        public String getRelativePath() {
            return path;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public boolean isStatic() {
            return true;
        }

        @Override
        public ContentType getContentType() {
            return ContentType.determineType(path);
        }
    }
}
