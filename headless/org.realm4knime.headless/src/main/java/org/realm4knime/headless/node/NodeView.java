package org.realm4knime.headless.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Resource;

/**
 * A node's view as it stood when the node had run.
 *
 * @param page the page, the same for all nodes of a kind
 * @param initialData the JSON text with which KNIME answers the page's request for its data: {@code {"result": ...}}
 */
public record NodeView(Page page, String initialData) {

    /**
     * @return the HTML of the page
     * @throws IOException if it cannot be read
     */
    public String html() throws IOException {
        try (InputStream in = page.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * @param path of a file that the page loads, relative to the page
     * @return its content, if it belongs to the page
     * @throws IOException if it cannot be read
     */
    public Optional<byte[]> file(String path) throws IOException {
        String folder = page.getRelativePath().replaceFirst("[^/]*$", "");
        Optional<Resource> resource = page.getResource(folder + path.replaceFirst("^\\./", ""));
        if (resource.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = resource.get().getInputStream()) {
            return Optional.of(in.readAllBytes());
        }
    }
}
