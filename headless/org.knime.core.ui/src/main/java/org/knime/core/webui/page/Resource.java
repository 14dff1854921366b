package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A file of a web page. */
public interface Resource {

    /** What kind of file it is. */
    enum ContentType {
        HTML,
        SHADOW_APP,
        SVG,
        PNG;

        private static final Map<String, ContentType> BY_EXTENSION =
                Map.of("html", HTML, "js", SHADOW_APP, "svg", SVG, "png", PNG);

        static ContentType determineType(final String path) {
            final ContentType type = BY_EXTENSION.get(path.substring(path.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalArgumentException("The content type of " + path + " is not known");
            }
            return type;
        }
    }

    /** The path by which other files of the page refer to it. */
    String getRelativePath();

    InputStream getInputStream() throws IOException;

    /** Whether the content never changes. */
    boolean isStatic();

    /** @throws IllegalArgumentException if the ending of the path is none of .html, .js, .svg and .png */
    ContentType getContentType();
}
