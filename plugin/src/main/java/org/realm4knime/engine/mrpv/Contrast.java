package org.realm4knime.engine.mrpv;

import java.util.Objects;

/**
 * A right and a wrong route to the same problem, and where they part.
 *
 * @param problemId the problem
 * @param positive the right route
 * @param negative the wrong route
 * @param divergesAt the first step in which they differ, from 1; 0 if their steps are the same
 */
public record Contrast(String problemId, VerifiedRoute positive, VerifiedRoute negative, int divergesAt) {

    /** Checks the values. */
    public Contrast {
        Objects.requireNonNull(problemId, "problemId");
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
    }
}
