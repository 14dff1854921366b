package org.realm4knime.engine.route;

import java.nio.file.Path;
import java.util.List;

/** Reads recorded routes from a file. */
public final class RouteReader {

    private RouteReader() {}

    /**
     * Reads all routes of a file with the fields problem id, text and, if known, source, route, answer, tokens, mean
     * log-probability and error.
     *
     * @param file JSON lines, or a table with a header (CSV), UTF-8
     * @return the routes in the order of the file
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static List<Route> read(Path file) {
        throw new UnsupportedOperationException("lands next");
    }
}
