package org.realm4knime.engine.problem;

import java.nio.file.Path;
import java.util.List;

/** Reads problems from a file. */
public final class DatasetReader {

    private DatasetReader() {}

    /**
     * Reads all problems of a file.
     *
     * @param file the file, UTF-8
     * @param format how it holds problems
     * @return the problems in the order of the file; no two have the same id
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static List<Problem> read(Path file, DatasetFormat format) {
        throw new UnsupportedOperationException("lands next");
    }
}
