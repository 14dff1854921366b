package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.realm4knime.engine.eaai.GuidanceDraw;
import org.realm4knime.engine.eaai.GuidanceSelector;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.mrpv.VerifiedRoute;

/** Supervised examples of verification: a prompt that shows routes, a verdict on each, then a right solution. */
public final class VerificationExamples {

    private static final double SHOW_ALL = 1;

    private VerificationExamples() {}

    /**
     * Builds the examples of a cold start.
     *
     * @param format the prompt format of the model to be trained
     * @param problems problems with verified routes; one without a right route or a rationale gives no example
     * @param routesShown the most routes a prompt shows, at least 1; right and wrong ones are mixed where both exist
     * @param perProblem examples of each problem, with other routes, order and solution, at least 1
     * @param seed the same seed gives the same examples
     * @return examples in the order of the problems
     */
    public static List<SupervisedExample> of(
            PromptFormat format, List<GuidedProblem> problems, int routesShown, int perProblem, long seed) {
        GuidanceSelector selector = new GuidanceSelector(GuidanceDraw.EACH, routesShown);
        Random random = new Random(seed);
        List<SupervisedExample> examples = new ArrayList<>();
        for (GuidedProblem guided : problems) {
            List<String> solutions = solutions(guided);
            for (int i = 0;
                    i < perProblem && !solutions.isEmpty() && !guided.routes().isEmpty();
                    i++) {
                examples.add(example(format, guided, solutions, selector, random));
            }
        }
        return examples;
    }

    private static SupervisedExample example(
            PromptFormat format,
            GuidedProblem guided,
            List<String> solutions,
            GuidanceSelector selector,
            RandomGenerator random) {
        List<VerifiedRoute> shown = selector.select(guided.routes(), SHOW_ALL, random);
        String solution = solutions.get(random.nextInt(solutions.size()));
        return SupervisedExample.of(
                Verification.prompt(format, guided.problem(), List.of(), shown),
                Verification.target(format, shown, solution));
    }

    /** Right routes with valid arithmetic; failing these, any right route; failing these, the problem's own rationale. */
    private static List<String> solutions(GuidedProblem guided) {
        List<VerifiedRoute> right =
                guided.routes().stream().filter(VerifiedRoute::positive).toList();
        List<VerifiedRoute> sound =
                right.stream().filter(VerifiedRoute::processValid).toList();
        List<VerifiedRoute> chosen = sound.isEmpty() ? right : sound;
        return chosen.isEmpty()
                ? Stream.ofNullable(guided.problem().rationale()).toList()
                : chosen.stream().map(route -> route.route().text()).toList();
    }
}
