package org.realm4knime.engine.mrpv;

import org.realm4knime.engine.arithmetic.Claim;
import org.realm4knime.engine.arithmetic.Claims;

/**
 * Which right solutions count where a model learns from them. A solution may come to the right answer although one of
 * its calculations is wrong: right answer, wrong reason.
 */
public enum Positives {
    /** Every solution that ends in the right answer. */
    RIGHT_ANSWER,
    /** Those of them in which no calculation is wrong; see {@link Claims}. */
    SOUND;

    /**
     * Whether a route counts.
     *
     * @param route a verified route
     * @return true if it ends in the right answer and its steps are as asked for
     */
    public boolean accepts(VerifiedRoute route) {
        return route.verdict() == RouteVerdict.RIGHT
                || this == RIGHT_ANSWER && route.verdict() == RouteVerdict.WRONG_REASON;
    }

    /**
     * Whether a solution counts that is known to end in the right answer.
     *
     * @param solution its text
     * @return true if its steps are as asked for
     */
    public boolean acceptsSteps(String solution) {
        return this == RIGHT_ANSWER
                || StepSplitter.split(solution).stream()
                        .flatMap(step -> Claims.in(step).stream())
                        .allMatch(Claim::valid);
    }
}
