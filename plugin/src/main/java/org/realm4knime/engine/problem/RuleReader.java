package org.realm4knime.engine.problem;

import java.nio.file.Path;
import java.util.List;

/** Reads rules from a file. */
public final class RuleReader {

    private RuleReader() {}

    /**
     * Reads all rules of a file with the fields id, text and applies to.
     *
     * @param file JSON lines, or a table with a header (CSV), UTF-8
     * @return the rules in the order of the file; no two have the same id
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static List<Rule> read(Path file) {
        throw new UnsupportedOperationException("lands next");
    }
}
