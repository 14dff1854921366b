package org.realm4knime.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
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
        List<Answered> answers =
                Reasoner.answer(model, PROBLEMS.subList(2, 3), ROUTES, NUMBERS, SETTINGS, Progress.silent());
        assertThat(answers.get(0).reasoning()).isEqualTo("= 8");
        assertThat(answers.get(0).prompt()).isEqualTo("4 + 4 | = 8 :");
        assertThat(answers.get(0).truncated()).isFalse();
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        NamedModel named = new NamedModel("m", model);
        assertThatThrownBy(() ->
                        Benchmark.run(List.of(named, named), PROBLEMS, Map.of(), NUMBERS, SETTINGS, Progress.silent()))
                .hasMessageContaining("'m'");
        assertThatThrownBy(
                        () -> Benchmark.run(List.of(named), List.of(), Map.of(), NUMBERS, SETTINGS, Progress.silent()))
                .hasMessageContaining("empty");
        List<Problem> unanswered = List.of(new Problem("x", "1 + 1", "", null, null));
        assertThatThrownBy(
                        () -> Benchmark.run(List.of(named), unanswered, Map.of(), NUMBERS, SETTINGS, Progress.silent()))
                .hasMessageContaining("'x' has no reference answer");
    }

    private static BenchmarkResult run(Map<String, List<Route>> routes) throws CanceledJobException {
        return Benchmark.run(
                List.of(new NamedModel("m", model)), PROBLEMS, routes, NUMBERS, SETTINGS, Progress.silent());
    }

    private static Route route(String problem, String text) {
        return new Route(problem, "other", 0, text, null, 2, -0.1, null);
    }
}
