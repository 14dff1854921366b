package org.realm4knime.engine.mrpv;

import java.util.List;
import java.util.Objects;
import org.realm4knime.engine.route.Route;

/**
 * A route, labelled, scored and explained.
 *
 * @param route the route, with its extracted answer
 * @param positive whether it ends in the right answer
 * @param byMajority whether right means the answer of the weighted majority, for want of a reference
 * @param processValid whether no step holds a wrong arithmetic statement; a positive route without it has the right
 *     answer for a wrong reason
 * @param processScore how good the steps are, in [0, 1]; see {@link RouteVerifier} for the formula
 * @param decisiveStep the step that made the route right or wrong, from 1; 0 if none stands out
 * @param reason why it was judged so, in a few words
 * @param steps the steps, judged
 */
public record VerifiedRoute(
        Route route,
        boolean positive,
        boolean byMajority,
        boolean processValid,
        double processScore,
        int decisiveStep,
        String reason,
        List<StepVerdict> steps) {

    /** Copies the steps. */
    public VerifiedRoute {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(reason, "reason");
        steps = List.copyOf(steps);
    }

    /** This route with its steps judged anew. */
    VerifiedRoute withSteps(List<StepVerdict> judged) {
        return new VerifiedRoute(route, positive, byMajority, processValid, processScore, decisiveStep, reason, judged);
    }

    /** Answer and reasons in one. */
    public RouteVerdict verdict() {
        if (route.failed()) {
            return RouteVerdict.FAILED;
        }
        if (!positive) {
            return RouteVerdict.WRONG;
        }
        return processValid ? RouteVerdict.RIGHT : RouteVerdict.WRONG_REASON;
    }
}
