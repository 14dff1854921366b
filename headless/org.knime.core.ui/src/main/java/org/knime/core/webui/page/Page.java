package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A web page: its HTML and the files to which it refers by relative paths. */
public abstract sealed class Page implements Resource permits FromFilePage {

    private final Resource m_page;
    private final Map<String, Resource> m_resources = new HashMap<>();

    Page(final Resource page) {
        m_page = page;
    }

    public static RequireFromFileOrString create() {
        return () -> clazz -> basePath -> file -> new FromFilePage(clazz, basePath, file);
    }

    /** The stage that requires where the page comes from; here always from a file. */
    public interface RequireFromFileOrString {
        RequireBundle fromFile();
    }

    /** The stage that requires the bundle of the page. */
    public interface RequireBundle {

        /** @param clazz any class of the bundle */
        RequireBasePath bundleClass(Class<?> clazz);
    }

    /** The stage that requires the folder of the page. */
    public interface RequireBasePath {

        /** @param basePath relative to the root of the bundle */
        RequireRelativeFilePath basePath(String basePath);
    }

    /** The stage that requires the file of the page. */
    public interface RequireRelativeFilePath {

        /** @param relativeFilePath relative to the folder of the page */
        FromFilePage relativeFilePath(String relativeFilePath);
    }

    final void add(final Resource resource) {
        m_resources.put(resource.getRelativePath(), resource);
    }

    /** The file of that path; empty if it was not added. */
    public Optional<Resource> getResource(final String relativePath) {
        return Optional.ofNullable(m_resources.get(relativePath));
    }

    @Override
    public String getRelativePath() {
        return m_page.getRelativePath();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return m_page.getInputStream();
    }
}
