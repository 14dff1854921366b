package org.realm4knime.claims;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.mrpv.VoteWeight;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/**
 * The problems that an aggregator of routes is trained on (AggLM, arXiv 2509.06870): as many on which the routes'
 * majority is right as on which only a minority of them is, so that it does not learn to follow the majority.
 */
final class BalancedProblems {

    private final AnswerChecker checker;
    private final RouteVerifier verifier;

    BalancedProblems(AnswerChecker checker) {
        this.checker = checker;
        verifier = new RouteVerifier(
                checker, new VerifierSettings(VerifierSettings.defaults().smoothing(), VoteWeight.EQUAL));
    }

    /**
     * Chooses problems.
     *
     * @param problems problems with reference answers
     * @param routes routes to them
     * @return as many of either kind, as many as there are, in their order; empty if there are none of one kind
     */
    List<Problem> of(List<Problem> problems, List<Route> routes) {
        Map<String, List<Route>> byProblem = routes.stream().collect(Collectors.groupingBy(Route::problemId));
        List<Problem> majority = new ArrayList<>();
        List<Problem> minority = new ArrayList<>();
        for (Problem problem : problems) {
            List<Route> own = byProblem.getOrDefault(problem.id(), List.of());
            boolean known = own.stream().anyMatch(route -> checker.extractRight(route.text(), problem.answer())
                    .isPresent());
            if (known) {
                boolean right = verifier.majority(own)
                        .filter(answer -> checker.matches(answer, problem.answer()))
                        .isPresent();
                (right ? majority : minority).add(problem);
            }
        }
        int each = Math.min(majority.size(), minority.size());
        Set<Problem> chosen = new LinkedHashSet<>(majority.subList(0, each));
        chosen.addAll(minority.subList(0, each));
        return problems.stream().filter(chosen::contains).toList();
    }
}
