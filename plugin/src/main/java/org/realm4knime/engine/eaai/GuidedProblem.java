package org.realm4knime.engine.eaai;

import java.util.List;
import java.util.Objects;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;

/**
 * A problem to train on, with the external routes that its prompt may show.
 *
 * @param problem the problem, with its reference answer
 * @param routes verified routes of other models; may be empty
 */
public record GuidedProblem(Problem problem, List<VerifiedRoute> routes) {

    /** Checks and copies the values. */
    public GuidedProblem {
        Objects.requireNonNull(problem, "problem");
        routes = List.copyOf(routes);
    }

    /**
     * A problem without routes.
     *
     * @param problem the problem
     * @return the problem, never guided
     */
    public static GuidedProblem of(Problem problem) {
        return new GuidedProblem(problem, List.of());
    }

    /** Whether there is a route that a prompt can show: one that did not fail. */
    public boolean hasRoutesToShow() {
        return routes.stream().anyMatch(route -> !route.route().failed());
    }
}
