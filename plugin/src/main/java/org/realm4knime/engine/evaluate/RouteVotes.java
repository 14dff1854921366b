package org.realm4knime.engine.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.mrpv.VoteWeight;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/**
 * What the external routes reach without any model: the answer that most of them give, each counting the same or by the
 * share of its arithmetic claims that hold, and, as the ceiling of every choice among them, whether any is right.
 */
final class RouteVotes {

    private final AnswerChecker checker;
    private final Map<String, Function<List<Route>, Optional<String>>> votes;

    RouteVotes(AnswerChecker checker) {
        this.checker = checker;
        votes = Map.of(
                Score.MAJORITY, verifier(VoteWeight.EQUAL)::majority,
                Score.WEIGHTED_MAJORITY, verifier(VoteWeight.VALID_CLAIMS)::majority);
    }

    /** Names under which the results stand among the models', in their order. */
    static List<String> names() {
        return List.of(Score.MAJORITY, Score.WEIGHTED_MAJORITY, Score.ANY_ROUTE);
    }

    /**
     * The answer to one problem.
     *
     * @param name one of {@link #names}
     * @param problem the problem with its reference answer
     * @param routes its routes; may be empty
     * @return the answer, and as completion a route that gives it; both null if no route has an answer, or, of
     *     {@link Score#ANY_ROUTE}, if none is right
     */
    Prediction prediction(String name, Problem problem, List<Route> routes) {
        List<Route> answered = routes.stream().filter(route -> !route.failed()).toList();
        Optional<String> answer = name.equals(Score.ANY_ROUTE)
                ? Optional.of(problem.answer())
                : votes.get(name).apply(answered);
        Optional<Route> chosen = answer.flatMap(wanted -> answered.stream()
                .filter(route -> answer(route)
                        .map(given -> checker.matches(given, wanted))
                        .orElse(false))
                .findFirst());
        String given = chosen.flatMap(this::answer).orElse(null);
        return new Prediction(
                name,
                Score.WITH,
                Score.WITHOUT,
                problem.id(),
                problem.question(),
                problem.answer(),
                chosen.map(Route::text).orElse(null),
                given,
                given != null && checker.matches(given, problem.answer()),
                chosen.map(Route::truncated).orElse(false),
                null);
    }

    private Optional<String> answer(Route route) {
        return route.answer() != null ? Optional.of(route.answer()) : checker.extract(route.text(), route.truncated());
    }

    private RouteVerifier verifier(VoteWeight weight) {
        return new RouteVerifier(
                checker, new VerifierSettings(VerifierSettings.defaults().smoothing(), weight));
    }
}
