package org.realm4knime.engine.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/** Multi-route rollout: every source answers every problem along several routes. */
public final class RouteRollout {

    private RouteRollout() {}

    /**
     * Draws the routes.
     *
     * @param problems problems to answer
     * @param rules domain rules put into each prompt they apply to; empty for none
     * @param sources models to ask, with distinct names
     * @param settings how to sample
     * @param progress told after every batch
     * @return routes ordered by problem, then source, then draw: problems x sources x routesPerSource of them
     * @throws EngineException when there are no sources or two share a name
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    public static List<Route> run(
            List<Problem> problems,
            List<Rule> rules,
            List<RouteSource> sources,
            RolloutSettings settings,
            Progress progress)
            throws CanceledJobException {
        checkNames(sources);
        List<String> references = problems.stream().map(Problem::answer).toList();
        AnswerChecker checker = AnswerChecker.of(AnswerType.guess(references), 0, references);
        List<Problem> asked = checker.asked(problems);
        List<List<List<Route>>> bySource = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            Progress part = progress.sub((double) s / sources.size(), (s + 1.0) / sources.size());
            bySource.add(routes(sources.get(s), s, asked, rules, settings, checker, part));
        }
        return IntStream.range(0, problems.size())
                .boxed()
                .flatMap(p -> bySource.stream().flatMap(routes -> routes.get(p).stream()))
                .toList();
    }

    private static void checkNames(List<RouteSource> sources) {
        if (sources.isEmpty()) {
            throw new EngineException("No model to ask for routes. Connect at least one model.");
        }
        Set<String> names = new HashSet<>();
        for (RouteSource source : sources) {
            if (!names.add(source.name())) {
                throw new EngineException("Two models are called '" + source.name()
                        + "'. Routes are told apart by the model's name: give each model its own.");
            }
        }
    }

    private static List<List<Route>> routes(
            RouteSource source,
            int sourceIndex,
            List<Problem> problems,
            List<Rule> rules,
            RolloutSettings settings,
            AnswerChecker checker,
            Progress progress)
            throws CanceledJobException {
        List<List<Written>> texts = source.complete(
                problems,
                rules,
                settings.routesPerSource(),
                settings.sampling(sourceIndex),
                settings.batchSize(),
                progress);
        return progress.each(IntStream.range(0, problems.size()).boxed().toList(), p -> IntStream.range(
                        0, settings.routesPerSource())
                .mapToObj(r ->
                        route(problems.get(p), source.name(), r, texts.get(p).get(r), checker))
                .toList());
    }

    private static Route route(Problem problem, String source, int index, Written written, AnswerChecker checker) {
        return new Route(
                problem.id(),
                source,
                index,
                written.text().strip(),
                checker.extract(written.text(), written.truncated()).orElse(null),
                written.tokens(),
                written.meanLogProb(),
                written.error(),
                written.truncated());
    }
}
