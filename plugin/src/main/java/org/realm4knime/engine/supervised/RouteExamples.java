package org.realm4knime.engine.supervised;

import java.util.List;
import java.util.Random;
import org.realm4knime.engine.eaai.GuidanceDraw;
import org.realm4knime.engine.eaai.GuidanceSelector;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.mrpv.VerifiedRoute;

/** Makes supervised examples of a problem, a solution and drawn routes that the prompt shows. */
public final class RouteExamples {

    private static final double SHOW_ALL = 1;

    private final PromptFormat format;
    private final ExampleKind kind;
    private final GuidanceSelector selector;
    private final Random random;

    /**
     * Creates a source of examples.
     *
     * @param format the prompt format of the model to be trained
     * @param kind {@link ExampleKind#SOLUTION_FROM_ROUTES} for the solution at once; else verdicts on the routes come
     *     first
     * @param routesShown the most routes a prompt shows, at least 1; right and wrong ones are mixed where both exist
     * @param random draws the routes and their order
     */
    public RouteExamples(PromptFormat format, ExampleKind kind, int routesShown, Random random) {
        this.format = format;
        this.kind = kind;
        this.random = random;
        selector = new GuidanceSelector(GuidanceDraw.EACH, routesShown);
    }

    /**
     * The routes that a prompt shows.
     *
     * @param guided a problem with routes
     * @return in the order to show them in; empty if it has none but failed ones
     */
    public List<VerifiedRoute> draw(GuidedProblem guided) {
        return selector.select(guided.routes(), SHOW_ALL, random);
    }

    /**
     * An example that shows routes.
     *
     * @param guided a problem with routes
     * @param solution the reasoning that ends in the right answer
     * @return prompt and completion
     */
    public SupervisedExample example(GuidedProblem guided, String solution) {
        return example(guided, draw(guided), solution);
    }

    /** An example that shows these routes. */
    public SupervisedExample example(GuidedProblem guided, List<VerifiedRoute> shown, String solution) {
        return SupervisedExample.of(
                Verification.prompt(format, guided.problem(), List.of(), shown),
                kind == ExampleKind.SOLUTION_FROM_ROUTES ? solution : Verification.target(format, shown, solution));
    }
}
