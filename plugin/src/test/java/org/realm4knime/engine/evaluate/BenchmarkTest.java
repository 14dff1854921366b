package org.realm4knime.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** A model that has learned by heart what it should answer: two of three sums alone, and the shown route with one. */
class BenchmarkTest {

    private static final List<Problem> PROBLEMS = List.of(
            new Problem("a", "1 + 2", "3", null, "easy"),
            new Problem("b", "2 + 2", "4", null, "easy"),
            new Problem("c", "4 + 4", "8", null, "hard"));
    private static final Map<String, List<Route>> ROUTES = Map.of("c", List.of(route("c", "= 8")));
    private static final AnswerChecker NUMBERS = AnswerChecker.of(AnswerType.NUMBER, 0);
    private static final BenchmarkSettings SETTINGS =
            new BenchmarkSettings(SamplingSettings.greedy(8).withSeed(1), 8);

    @TempDir
    static Path folder;

    private static LanguageModel model;

    @BeforeAll
    static void teach() throws CanceledJobException {
        model = TinyModels.small(folder, 2);
        List<SupervisedExample> examples = List.of(
                SupervisedExample.of("1 + 2 :", "= 3"),
                SupervisedExample.of("2 + 2 :", "= 5"),
                SupervisedExample.of("4 + 4 :", "= 7"),
                SupervisedExample.of("4 + 4 | = 8 :", "verify right solution = 8"));
        SupervisedTrainer.train(
                model,
                examples,
                List.of(),
                SupervisedSettings.of(60, 4, OptimizerSettings.of(1e-2), 1),
                Progress.silent());
    }

    @AfterAll
    static void closeModel() {
        model.close();
    }

    @Test
    void scoresEachSplitWithoutAndWithRoutes() throws CanceledJobException {
        BenchmarkResult result = run(ROUTES);
        assertThat(result.scores())
                .filteredOn(Score::model, "m")
                .extracting(Score::split, Score::routes, Score::correct, Score::problems)
                .containsExactly(
                        tuple("easy", "without", 1, 2),
                        tuple("hard", "without", 0, 1),
                        tuple("easy", "with", 1, 2),
                        tuple("hard", "with", 1, 1));
        assertThat(result.predictions()).filteredOn(Prediction::model, "m").hasSize(6);
        Prediction contrasted = result.predictions().get(5);
        assertThat(contrasted.completion()).isEqualTo("verify right solution = 8");
        assertThat(contrasted.answer()).isEqualTo("8");
    }

    /** Of a: two of three agree on a wrong answer, but have a wrong claim each; of b: all wrong; of c: one failed. */
    @Test
    void whatRoutesReachWithoutAModelStandsBeside() throws CanceledJobException {
        Map<String, List<Route>> routes = Map.of(
                "a", List.of(route("a", "1 + 2 = 3"), route("a", "1 + 2 = 4"), route("a", "1 + 1 + 2 = 2 + 2 = 5 = 4")),
                "b", List.of(route("b", "2 + 2 = 5"), route("b", "= 6")),
                "c", List.of(new Route("c", "s", 0, "", null, 0, Double.NaN, "timed out"), route("c", "= 8")));
        BenchmarkResult result = run(routes);
        assertThat(result.scores())
                .filteredOn(score -> !score.model().equals("m"))
                .extracting(Score::model, Score::split, Score::routes, Score::correct, Score::problems)
                .containsExactly(
                        tuple("majority of the routes", "easy", "with", 0, 2),
                        tuple("majority of the routes", "hard", "with", 1, 1),
                        tuple("weighted majority of the routes", "easy", "with", 1, 2),
                        tuple("weighted majority of the routes", "hard", "with", 1, 1),
                        tuple("any route right", "easy", "with", 1, 2),
                        tuple("any route right", "hard", "with", 1, 1));
        assertThat(result.predictions())
                .filteredOn(prediction -> prediction.model().equals("any route right"))
                .extracting(Prediction::completion, Prediction::answer)
                .containsExactly(tuple("1 + 2 = 3", "3"), tuple(null, null), tuple("= 8", "8"));
    }

    @Test
    void withoutRoutesThereIsOneMode() throws CanceledJobException {
        assertThat(run(Map.of()).scores()).extracting(Score::routes).containsOnly(Score.WITHOUT);
    }

    @Test
    void theReasonerStripsWhatIsSaidAboutRoutes() throws CanceledJobException {
        List<Answered> answers = answers(PROBLEMS.subList(2, 3), Guidance.ofRoutes(ROUTES));
        assertThat(answers.get(0).reasoning()).isEqualTo("= 8");
        assertThat(answers.get(0).prompt()).isEqualTo("4 + 4 | = 8 :");
        assertThat(answers.get(0).truncated()).isFalse();
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        NamedModel named = NamedModel.of("m", new LocalGenerator(model));
        assertThatThrownBy(() -> run(List.of(named, named), PROBLEMS, Guidance.NONE))
                .hasMessageContaining("'m'");
        assertThatThrownBy(() -> run(List.of(named), List.of(), Guidance.NONE)).hasMessageContaining("empty");
        List<Problem> unanswered = List.of(new Problem("x", "1 + 1", "", null, null));
        assertThatThrownBy(() -> run(List.of(named), unanswered, Guidance.NONE))
                .hasMessageContaining("'x' has no reference answer");
    }

    /** Rules come first in the compact prompt, each with the problems of its domain. */
    @Test
    void promptsCarryTheRulesThatApply() throws CanceledJobException {
        Guidance rules = new Guidance(Map.of(), List.of(new Rule("R1", "add", "hard"), new Rule("R2", "- 1", "easy")));
        assertThat(answers(PROBLEMS, rules))
                .extracting(Answered::prompt)
                .containsExactly("- 1 1 + 2 :", "- 1 2 + 2 :", "add 4 + 4 :");
        assertThat(run(List.of(NamedModel.of("m", new LocalGenerator(model))), PROBLEMS, rules)
                        .scores())
                .extracting(Score::rules)
                .containsOnly(Score.WITH);
        assertThat(run(ROUTES).scores()).extracting(Score::rules).containsOnly(Score.WITHOUT);
    }

    @Test
    void modelsAreComparedWithThoseBeforeAndWithTheVotes() throws CanceledJobException {
        BenchmarkResult result = run(
                List.of(
                        NamedModel.of("first", new LocalGenerator(model)),
                        new NamedModel("second", new LocalGenerator(model), Set.of("first"))),
                PROBLEMS,
                Guidance.ofRoutes(ROUTES));
        assertThat(result.comparisons())
                .extracting(Comparison::split, Comparison::routes, Comparison::model, Comparison::other)
                .hasSize(2 * (1 + 1 + 2 * 3))
                .startsWith(
                        tuple("easy", "without", "second", "first"),
                        tuple("hard", "without", "second", "first"),
                        tuple("easy", "with", "first", "majority of the routes"),
                        tuple("easy", "with", "first", "weighted majority of the routes"),
                        tuple("easy", "with", "first", "any route right"),
                        tuple("easy", "with", "second", "first"));
        assertThat(result.comparisons().get(0).counts()).isEqualTo(new Comparison.Counts(1, 0, 0, 1));
        assertThat(result.comparisons().get(0).trainedFrom()).isTrue();
        assertThat(result.comparisons().get(2).counts()).isEqualTo(new Comparison.Counts(0, 1, 0, 1));
        assertThat(result.comparisons()).extracting(Comparison::note).containsOnlyNulls();
    }

    private static List<Answered> answers(List<Problem> problems, Guidance guidance) throws CanceledJobException {
        return Reasoner.answer(new LocalGenerator(model), problems, guidance, NUMBERS, SETTINGS, Progress.silent());
    }

    private static BenchmarkResult run(Map<String, List<Route>> routes) throws CanceledJobException {
        return run(List.of(NamedModel.of("m", new LocalGenerator(model))), PROBLEMS, Guidance.ofRoutes(routes));
    }

    private static BenchmarkResult run(List<NamedModel> models, List<Problem> problems, Guidance guidance)
            throws CanceledJobException {
        return Benchmark.run(models, problems, guidance, NUMBERS, SETTINGS, Progress.silent());
    }

    private static Route route(String problem, String text) {
        return new Route(problem, "other", 0, text, null, 2, -0.1, null);
    }
}
