package org.realm4knime.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/** A problem with a right route, one with the right answer for a wrong reason, a wrong one and a failed one. */
class VerificationExamplesTest {

    private static final String SOUND = "1 + 2 = 3";
    private static final String LUCKY = "1 + 1 = 3";
    private static final String WRONG = "1 + 2 = 4";

    private static final Problem SUM = new Problem("a", "1 + 2", "3", "= 3", null);

    @Test
    void aVerdictOnEachShownRouteComesBeforeTheSolution() {
        SupervisedExample example = only(ExampleKind.VERDICTS_AND_SOLUTION, SolutionChoice.PREFER_SOUND);
        assertThat(example.prompt())
                .startsWith("1 + 2 | ")
                .contains(SOUND, LUCKY, WRONG)
                .endsWith(" :");
        assertThat(example.completion()).startsWith("verify ").endsWith("solution " + SOUND);
    }

    @Test
    void theSynthesizerIsShownTheSameAndAnswersAtOnce() {
        SupervisedExample verifying = only(ExampleKind.VERDICTS_AND_SOLUTION, SolutionChoice.SOUND);
        SupervisedExample example = only(ExampleKind.SOLUTION_FROM_ROUTES, SolutionChoice.SOUND);
        assertThat(example.prompt()).isEqualTo(verifying.prompt());
        assertThat(example.completion()).isEqualTo(SOUND);
    }

    @Test
    void routesAloneAreTheDifferentOnesOfTheKindAskedFor() {
        assertThat(alone(SolutionChoice.ALL, 9)).containsExactlyInAnyOrder(SOUND, LUCKY, WRONG);
        assertThat(alone(SolutionChoice.RIGHT, 9)).containsExactlyInAnyOrder(SOUND, LUCKY);
        assertThat(alone(SolutionChoice.PREFER_SOUND, 9)).containsExactly(SOUND);
        assertThat(alone(SolutionChoice.SOUND, 9)).containsExactly(SOUND);
        assertThat(alone(SolutionChoice.ALL, 2)).hasSize(2);
        assertThat(made(List.of(guided(SUM, SOUND)), settings(ExampleKind.ROUTE_ALONE, SolutionChoice.ALL, 1)))
                .containsExactly(SupervisedExample.of("1 + 2 :", SOUND));
    }

    @Test
    void whereNoRouteIsASolutionTheRationaleIsOneToShownRoutes() {
        GuidedProblem lucky = guided(SUM, LUCKY, WRONG);
        assertThat(completions(lucky, ExampleKind.SOLUTION_FROM_ROUTES, SolutionChoice.PREFER_SOUND))
                .containsExactly(LUCKY);
        assertThat(completions(lucky, ExampleKind.SOLUTION_FROM_ROUTES, SolutionChoice.SOUND))
                .containsExactly("= 3");
        assertThat(completions(lucky, ExampleKind.ROUTE_ALONE, SolutionChoice.SOUND))
                .isEmpty();
        Problem bare = new Problem("a", "1 + 2", "3", null, null);
        assertThat(completions(guided(bare, WRONG), ExampleKind.VERDICTS_AND_SOLUTION, SolutionChoice.SOUND))
                .isEmpty();
    }

    @Test
    void verdictsAloneAreToldFromExamplesWithSolutionsToTheQuestion() {
        SupervisedExample verdicts = only(ExampleKind.VERDICTS_AND_SOLUTION, SolutionChoice.SOUND);
        SupervisedExample alone = SupervisedExample.of("1 + 2 :", SOUND);
        PromptFormat format = PromptFormat.compact();
        assertThat(VerificationExamples.areAll(List.of(verdicts, verdicts), format))
                .isTrue();
        assertThat(VerificationExamples.areAll(List.of(verdicts), PromptFormat.general()))
                .as("made without the model to train")
                .isTrue();
        assertThat(VerificationExamples.areAll(List.of(verdicts, alone), format))
                .isFalse();
    }

    @Test
    void solutionsAreTaughtAloneBesidesWhereSoAsked() {
        List<SupervisedExample> examples = made(
                List.of(problem(), guided(new Problem("b", "2 + 2", "4", "= 4", null), "2 + 2 = 5")),
                settings(ExampleKind.VERDICTS_AND_SOLUTION, true, 4, 2));

        assertThat(examples).hasSize(2 + 1 + 2 + 1);
        assertThat(examples.get(2)).isEqualTo(SupervisedExample.of("1 + 2 :", SOUND));
        assertThat(examples.get(5))
                .as("where no route is right the rationale is the solution")
                .isEqualTo(SupervisedExample.of("2 + 2 :", "= 4"));
    }

    @Test
    void fewerRoutesAreShownWhereSoAsked() {
        ExampleSettings one = settings(ExampleKind.VERDICTS_AND_SOLUTION, false, 1, 3);
        assertThat(made(List.of(problem()), one))
                .hasSize(3)
                .allSatisfy(example -> assertThat(example.prompt().split("\\|")).hasSize(2));
        assertThatThrownBy(() -> settings(ExampleKind.ROUTE_ALONE, false, 0, 1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Routes per example is 0");
    }

    private static List<SupervisedExample> made(List<GuidedProblem> problems, ExampleSettings settings) {
        return Progress.unwatched(
                progress -> VerificationExamples.of(PromptFormat.compact(), problems, settings, progress));
    }

    private static SupervisedExample only(ExampleKind kind, SolutionChoice solutions) {
        List<SupervisedExample> examples = made(List.of(problem()), settings(kind, solutions, 1));
        assertThat(examples).hasSize(1);
        return examples.get(0);
    }

    private static List<String> alone(SolutionChoice solutions, int perProblem) {
        return made(List.of(problem()), settings(ExampleKind.ROUTE_ALONE, solutions, perProblem)).stream()
                .map(SupervisedExample::completion)
                .toList();
    }

    private static List<String> completions(GuidedProblem problem, ExampleKind kind, SolutionChoice solutions) {
        return made(List.of(problem), settings(kind, solutions, 1)).stream()
                .map(SupervisedExample::completion)
                .toList();
    }

    private static ExampleSettings settings(ExampleKind kind, SolutionChoice solutions, int perProblem) {
        return new ExampleSettings(kind, false, solutions, 4, perProblem, 1);
    }

    private static ExampleSettings settings(ExampleKind kind, boolean alone, int shown, int perProblem) {
        return new ExampleSettings(kind, alone, SolutionChoice.SOUND, shown, perProblem, 1);
    }

    private static GuidedProblem problem() {
        return guided(SUM, SOUND, LUCKY, WRONG, SOUND);
    }

    private static GuidedProblem guided(Problem problem, String... texts) {
        List<Route> routes = Stream.concat(
                        Stream.of(new Route("a", "broken", 0, "", null, 0, Double.NaN, "timed out")),
                        Stream.of(texts).map(text -> new Route("a", "s", 0, text, null, 0, Double.NaN, null)))
                .toList();
        RouteVerifier verifier = new RouteVerifier(AnswerChecker.of(AnswerType.NUMBER, 0), VerifierSettings.defaults());
        return new GuidedProblem(problem, verifier.verify(problem, routes));
    }
}
