package org.realm4knime.nodes.verifier;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.mrpv.VoteWeight;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.ExampleSettings;
import org.realm4knime.engine.supervised.SolutionChoice;
import org.realm4knime.nodes.parameters.AnswerParameters;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.EngineValidation;
import org.realm4knime.nodes.parameters.Sections;
import org.realm4knime.nodes.table.ProblemColumns;

/** Settings of the Route Verifier (MRPV). */
final class RouteVerifierNodeParameters implements NodeParameters {

    enum Vote {
        @Label(value = "Every route counts the same", description = "The plain majority.")
        EQUAL(VoteWeight.EQUAL),
        @Label(
                value = "By right calculations",
                description = "A route counts by the share of its calculations that are right.")
        VALID_CLAIMS(VoteWeight.VALID_CLAIMS),
        @Label(
                value = "By right calculations and probability",
                description = "As before, times how likely its model thought the route, where that is known.")
        PROBABILITY(VoteWeight.PROBABILITY);

        private final VoteWeight engine;

        Vote(VoteWeight engine) {
            this.engine = engine;
        }
    }

    enum Teaches {
        @Label(
                value = "Verdicts, then a solution",
                description = "The prompt shows routes, the completion judges each and then solves the problem (MRPV).")
        VERDICTS(ExampleKind.VERDICTS_AND_SOLUTION),
        @Label(
                value = "A solution from routes",
                description = "The prompt shows routes, the completion solves the problem without a word about them.")
        SYNTHESIS(ExampleKind.SOLUTION_FROM_ROUTES),
        @Label(
                value = "The routes themselves",
                description =
                        "The prompt is the question alone, the completion a route: training on routes, or on right"
                                + " ones only (rejection fine-tuning).")
        ROUTES(ExampleKind.ROUTE_ALONE);

        private final ExampleKind engine;

        Teaches(ExampleKind engine) {
            this.engine = engine;
        }
    }

    enum Solutions {
        @Label(
                value = "Right, if possible with right calculations",
                description = "Right routes whose calculations are all right; of a problem without such, right ones.")
        PREFER_SOUND(SolutionChoice.PREFER_SOUND),
        @Label(
                value = "Right with right calculations",
                description = "Routes with the right answer for a wrong reason are left out.")
        SOUND(SolutionChoice.SOUND),
        @Label(value = "Right", description = "All routes with the right answer.")
        RIGHT(SolutionChoice.RIGHT),
        @Label(value = "All", description = "Right and wrong routes alike.")
        ALL(SolutionChoice.ALL);

        private final SolutionChoice engine;

        Solutions(SolutionChoice engine) {
            this.engine = engine;
        }
    }

    @Layout(Sections.Input.class)
    ProblemColumns problems;

    @Layout(Sections.Main.class)
    AnswerParameters answers = new AnswerParameters();

    @Layout(Sections.Main.class)
    @Widget(
            title = "Contrasts per problem",
            description =
                    """
                    The largest number of pairs of a right and a wrong route per problem. Pairs that differ early \
                    and clearly come first.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int contrastsPerProblem = 3;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Examples per problem",
            description =
                    """
                    The largest number of examples per problem, each with other routes or in another order. A \
                    problem without any solution gives none.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int examplesPerProblem = 1;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Routes per example",
            description =
                    """
                    The largest number of routes in one verification example. An example with two or more has both \
                    right and wrong ones, if its problem has both.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int routesPerExample = 3;

    @Layout(Sections.Main.class)
    @Widget(title = "What the examples teach", description = "What prompt and completion of an example are.")
    @Migrate(loadDefaultIfAbsent = true)
    Teaches teaches = Teaches.VERDICTS;

    @Layout(Sections.Main.class)
    @Widget(
            title = "Solutions alone too",
            description =
                    """
                    Whether the solutions are taught besides as completions of the question alone, without routes in \
                    the prompt. The model then learns to do without routes from the beginning. On is usual. Switch it \
                    off if reinforcement learning follows, and a Guided Distiller that learns right routes after it: \
                    reinforcement learning has more to teach on problems that the model does not know by heart. \
                    Connect worked cases as replay examples to the Supervised Trainer then, or the model can forget \
                    how to answer without routes.""")
    @Migrate(loadDefaultIfAbsent = true)
    boolean solutionsAlone; // off in workflows of before there was a choice

    @Layout(Sections.Main.class)
    @Widget(title = "Solutions in the examples", description = "Which routes are solutions to learn from.")
    @Migrate(loadDefaultIfAbsent = true)
    Solutions solutions = Solutions.PREFER_SOUND;

    @Layout(Sections.Expert.class)
    @Widget(
            title = "Votes without a reference answer",
            description =
                    """
                    If a problem has no reference answer, the answer of most routes counts as right. This says how \
                    much each route counts.""")
    Vote vote = Vote.VALID_CLAIMS;

    @Layout(Sections.Expert.class)
    @Widget(
            title = "Smoothing",
            description =
                    """
                    A step's value is the share of right routes among those that take it. This many imagined right \
                    routes and as many wrong ones are added to the count, so that a step that few routes take is \
                    judged with care. 1 is usual. Raise it if there are few routes per problem.""")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double smoothing = 1;

    @Layout(Sections.Expert.class)
    @Widget(title = "Seed", description = "Chooses and orders the routes of the verification examples.")
    long seed = 1;

    RouteVerifierNodeParameters() {
        problems = new ProblemColumns();
    }

    RouteVerifierNodeParameters(NodeParametersInput input) {
        problems = new ProblemColumns(input);
        solutionsAlone = true;
    }

    /** Settings for the engine. */
    VerifierSettings settings() {
        return new VerifierSettings(smoothing, vote.engine);
    }

    /** Which examples to make. */
    ExampleSettings examples() {
        return new ExampleSettings(
                teaches.engine, solutionsAlone, solutions.engine, routesPerExample, examplesPerProblem, seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        answers.check();
        Bounds.atLeast("Contrasts per problem", contrastsPerProblem, 0);
        EngineValidation.check(this::settings);
        EngineValidation.check(this::examples);
    }
}
