package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;

/** A file of a web page. */
public interface Resource {

    /** The path by which other files of the page refer to it. */
    String getRelativePath();

    InputStream getInputStream() throws IOException;
}
