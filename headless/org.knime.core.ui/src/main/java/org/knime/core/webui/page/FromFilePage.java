package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** A web page from files of a bundle. They are looked for when they are read. */
public final class FromFilePage extends Page {

    private final Class<?> m_clazz;
    private final String m_basePath;

    FromFilePage(final Class<?> clazz, final String basePath, final String relativeFilePath) {
        super(new BundleFile(clazz, basePath, relativeFilePath));
        m_clazz = clazz;
        m_basePath = basePath;
    }

    /** Adds a file; its path is relative to the folder of the page. */
    public FromFilePage addResourceFile(final String relativeFilePath) {
        add(new BundleFile(m_clazz, m_basePath, relativeFilePath));
        return this;
    }

    private record BundleFile(Class<?> clazz, String basePath, String path) implements Resource {

        @Override
        public String getRelativePath() {
            return path;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(BundleFiles.folder(clazz, basePath).resolve(path));
        }
    }
}
