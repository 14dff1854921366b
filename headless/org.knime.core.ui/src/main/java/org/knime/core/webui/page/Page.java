package org.knime.core.webui.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A web page: its HTML and the files to which it refers by relative paths. */
public sealed class Page implements Resource permits FromFilePage {

    private final Resource m_page;
    private final Map<String, Resource> m_resources = new HashMap<>();
    private boolean m_completelyStatic;

    Page(final Resource page, final boolean isStatic) {
        m_page = page;
        m_completelyStatic = isStatic;
    }

    public static RequireFromFileOrString create() {
        return new RequireFromFileOrString() {
            @Override
            public RequireBundle fromFile() {
                return clazz -> basePath -> file -> new FromFilePage(clazz, basePath, file);
            }

            @Override
            public RequireRelativePath fromString(final StringSupplier content) {
                return path -> new Page(new TextResource(content, path), false);
            }
        };
    }

    /** The stage that requires where the page comes from. */
    public interface RequireFromFileOrString {

        RequireBundle fromFile();

        RequireRelativePath fromString(StringSupplier content);
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

    /** The stage that requires the path under which the page is known. */
    public interface RequireRelativePath {
        Page relativePath(String relativePath);
    }

    /** Makes the content of a page. */
    public interface StringSupplier extends Supplier<String> {}

    final void add(final Resource resource) {
        m_resources.put(resource.getRelativePath(), resource);
        m_completelyStatic &= resource.isStatic();
    }

    /** Adds a file that is made each time it is asked for. */
    public Page addResourceFromString(final Supplier<String> content, final String relativePath) {
        add(new TextResource(content, relativePath));
        return this;
    }

    /** The file of that path; empty if it was not added. */
    public Optional<Resource> getResource(final String relativePath) {
        return Optional.ofNullable(m_resources.get(relativePath));
    }

    /** Whether neither the page nor a file of it ever changes. */
    public boolean isCompletelyStatic() {
        return m_completelyStatic;
    }

    @Override
    public String getRelativePath() {
        return m_page.getRelativePath();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return m_page.getInputStream();
    }

    @Override
    public boolean isStatic() {
        return m_page.isStatic();
    }

    @Override
    public ContentType getContentType() {
        return m_page.getContentType();
    }

    private record TextResource(Supplier<String> content, String path) implements Resource {

        @Override
        public String getRelativePath() {
            return path;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content.get().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean isStatic() {
            return false;
        }

        @Override
        public ContentType getContentType() {
            return ContentType.determineType(path);
        }
    }
}
