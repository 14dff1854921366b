package org.realm4knime.engine.problem;

import java.util.List;

/**
 * What was read of a file.
 *
 * @param rows what it holds, in its order
 * @param warnings what the user is to be told: what was left out, not read or is doubtful; a sentence or two each
 * @param <T> what its records are
 */
public record Loaded<T>(List<T> rows, List<String> warnings) {

    /** Checks the values. */
    public Loaded {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }
}
