package org.realm4knime.engine.mrpv;

import java.util.List;
import org.realm4knime.engine.problem.AnswerChecker;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/** Multi-route process verification (MRPV): labels, scores and explains the routes to a problem. */
public final class RouteVerifier {

    private final AnswerChecker checker;
    private final VerifierSettings settings;

    /**
     * A verifier.
     *
     * @param checker how answers are found and compared
     * @param settings how routes are verified
     */
    public RouteVerifier(AnswerChecker checker, VerifierSettings settings) {
        this.checker = checker;
        this.settings = settings;
    }

    /**
     * Verifies the routes to one problem against its reference answer and against each other.
     *
     * @param problem the problem; without an answer the weighted majority of the routes decides
     * @param routes routes to this problem
     * @return the same routes in the same order, judged
     */
    public List<VerifiedRoute> verify(Problem problem, List<Route> routes) {
        throw new UnsupportedOperationException("lands next " + checker + settings);
    }
}
