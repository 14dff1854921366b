package org.realm4knime.engine.problem;

import java.util.Optional;

/** Finds the answer in a completion and compares it with a reference. */
public interface AnswerChecker {

    /**
     * Whether two answers are the same.
     *
     * @param candidate the answer to judge, as {@link #extract(String)} gave it
     * @param reference the reference answer
     * @return whether the candidate agrees with the reference
     */
    boolean matches(String candidate, String reference);

    /**
     * Finds the final answer in a chain of thought.
     *
     * @param completion the whole text
     * @return the answer as written, or empty if there is none
     */
    Optional<String> extract(String completion);

    /**
     * The checker for a type of answers.
     *
     * @param type the type
     * @param tolerance by how much numbers may differ, as a share of the larger of 1 and the reference; 0 for exact
     * @return the checker
     */
    static AnswerChecker of(AnswerType type, double tolerance) {
        throw new UnsupportedOperationException("lands next");
    }
}
