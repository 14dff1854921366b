package org.realm4knime.engine.distill;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** The model knows the rule of an invented sum only where it stands in the prompt; afterwards it knows it anyway. */
class GuidedDistillationTest {

    private static final List<GuidedProblem> PROBLEMS = Stream.of(
                    new Problem("a", "1 + 2", "9", null, null), new Problem("b", "2 + 2", "4", null, null))
            .map(GuidedProblem::of)
            .toList();
    private static final List<Rule> RULES = List.of(new Rule("rule", "rule 9", null));
    private static final AnswerChecker NUMBERS = AnswerChecker.of(AnswerType.NUMBER, 0);
    private static final SupervisedSettings TRAINING = SupervisedSettings.of(60, 4, OptimizerSettings.of(1e-2), 1);

    @TempDir
    Path folder;

    private LanguageModel model;

    @BeforeEach
    void teach() throws CanceledJobException {
        model = TinyModels.small(folder, 3);
        List<SupervisedExample> examples = List.of(
                SupervisedExample.of("1 + 2 :", "= 3"),
                SupervisedExample.of("rule 9 1 + 2 :", "rule 9 = 9"),
                SupervisedExample.of("2 + 2 :", "= 5"),
                SupervisedExample.of("rule 9 2 + 2 :", "rule 9 = 9"));
        SupervisedTrainer.train(model, examples, List.of(), TRAINING, Progress.silent());
    }

    @AfterEach
    void closeModel() {
        model.close();
    }

    @Test
    void theStudentKeepsTheRuleWithoutSeeingIt() throws CanceledJobException {
        DistillationResult result = run(PROBLEMS, settings(true));
        assertThat(result.drawn()).isEqualTo(4);
        // four times "rule 9 = 9" and an end; then an update on one of them trains five tokens an example
        Budget first = result.training().log().get(0).spent();
        assertThat(first).isEqualTo(new Budget(4, 20, 5L * TRAINING.batchSize()));
        assertThat(result.wrongAnswer()).as("b is 4, not 9").isEqualTo(2);
        // only a's rationale cites the rule; the beginner says 3, the student 9
        assertThat(result.learned()).containsExactly(new LearnedRule(RULES.get(0), 1, 0, 1));
        assertThat(result.accepted())
                .as("equal rationales of a problem count once")
                .containsExactly(new Rationale("a", "1 + 2 :", "rule 9 = 9", "9", List.of("rule"), "teacher", false));
        assertThat(answers("1 + 2 :")).containsExactly("rule 9 = 9");
    }

    @Test
    void theTeacherReadsTheHintThatARationaleWasDrawnWith() throws CanceledJobException {
        SupervisedTrainer.train(
                model,
                List.of(
                        SupervisedExample.of("2 + 2 :", "= 5"),
                        SupervisedExample.of("rule 9 2 + 2 :", "rule 9 = 9"),
                        SupervisedExample.of("rule 9 rule 4 2 + 2 :", "= 4")),
                List.of(),
                TRAINING,
                Progress.silent());
        DistillationResult result =
                run(PROBLEMS.subList(1, 2), distributions("rule {answer}", ExampleKind.ROUTE_ALONE));

        // asked with the answer in the prompt, and so taught
        assertThat(result.accepted())
                .containsExactly(new Rationale("b", "2 + 2 :", "= 4", "4", List.of(), "teacher", true));
        assertThat(result.training().log().get(59).loss())
                .as("the teacher's own entropy is what is left of the cross-entropy with it")
                .isLessThan(0.05);
        assertThat(answers("2 + 2 :")).containsExactly("= 4");
    }

    @Test
    void aRightAnswerForAWrongReasonIsLeftOutWhereOnlySoundOnesAreAccepted() throws CanceledJobException {
        List<GuidedProblem> problems = List.of(GuidedProblem.of(new Problem("c", "2 + 3", "9", null, null)));
        SupervisedTrainer.train(
                model,
                List.of(SupervisedExample.of("rule 9 2 + 3 :", "2 + 3 = 9")),
                List.of(),
                TRAINING,
                Progress.silent());
        DistillationResult result = run(problems, sound(""));
        assertThat(result.accepted()).isEmpty();
        assertThat(result.wrongReason()).isEqualTo(2);
    }

    @Test
    void aRightAnswerAmongTheWordsOfAVerificationIsNotTaught() throws CanceledJobException {
        SupervisedTrainer.train(
                model,
                List.of(SupervisedExample.of("rule 9 1 + 2 :", "= 9 verify right")),
                List.of(),
                TRAINING,
                Progress.silent());
        DistillationResult result = run(PROBLEMS.subList(0, 1), settings(false));
        assertThat(result.accepted()).isEmpty();
        assertThat(result.flawed()).isEqualTo(2);
    }

    @Test
    void aTeacherThatFailsIsToldTheAnswerOnce() throws CanceledJobException {
        SupervisedTrainer.train(
                model,
                List.of(
                        SupervisedExample.of("rule 9 1 + 2 :", "rule 9 = 9"),
                        SupervisedExample.of("rule 9 2 + 2 :", "rule 9 = 9"),
                        SupervisedExample.of("rule 9 right 4 2 + 2 :", "2 + 2 = 4")),
                List.of(),
                TRAINING,
                Progress.silent());
        DistillationResult result = run(PROBLEMS, sound("right {answer}"));
        // a is solved at once; b, failed twice, is asked twice more
        assertThat(result.drawn()).isEqualTo(6);
        assertThat(result.wrongAnswer()).isEqualTo(2);
        assertThat(result.accepted())
                .containsExactly(
                        new Rationale("a", "1 + 2 :", "rule 9 = 9", "9", List.of("rule"), "teacher", false),
                        new Rationale("b", "2 + 2 :", "2 + 2 = 4", "4", List.of(), "teacher", true));
        assertThatThrownBy(() -> sound("right 4"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("{answer}");
    }

    @Test
    void aTeacherThatNeedsRoutesIsShownThemAndTheStudentLearnsBothPrompts() throws CanceledJobException {
        GuidedProblem b = PROBLEMS.get(1);
        GuidedProblem routed =
                withRoute(b.problem(), new Route("b", "other", 0, "2 + 2 = 5", "5", 0, Double.NaN, null));
        Problem a = PROBLEMS.get(0).problem();
        GuidedProblem unheard = withRoute(a, new Route("a", "other", 0, "", null, 0, Double.NaN, "no connection"));
        String shown = Verification.prompt(model.promptFormat(), b.problem(), List.of(), routed.routes());
        String shownToTeacher =
                Verification.prompt(model.promptFormat(), b.problem(), List.of("rule 9"), routed.routes());
        SupervisedTrainer.train(
                model,
                List.of(
                        SupervisedExample.of("rule 9 2 + 2 :", "rule 9 = 9"),
                        SupervisedExample.of(shownToTeacher, "verify wrong 1 solution 2 + 2 = 4")),
                List.of(),
                TRAINING,
                Progress.silent());

        DistillationResult result = run(
                List.of(routed, unheard),
                settings(false, Positives.SOUND, SamplingSettings.greedy(12), "", ExampleKind.VERDICTS_AND_SOLUTION));

        assertThat(result.drawn())
                .as("twice without and twice with the route; a's failed, so a is asked twice only")
                .isEqualTo(6);
        assertThat(result.accepted())
                .as("without the verdicts")
                .containsExactly(
                        new Rationale("a", "1 + 2 :", "rule 9 = 9", "9", List.of("rule"), "teacher", false),
                        new Rationale("b", "2 + 2 :", "2 + 2 = 4", "4", List.of(), "teacher", false));
        assertThat(answers("2 + 2 :", shown)).containsExactly("2 + 2 = 4", "verify wrong 1 solution 2 + 2 = 4");
    }

    @Test
    void rightRoutesAreLearnedBesideWhatTheTeacherWrote() throws CanceledJobException {
        Problem b = PROBLEMS.get(1).problem();
        Route right = new Route("b", "adviser", 0, "2 + 2 = 4", "4", 0, Double.NaN, null);
        Route wrongReason = new Route("b", "guesser", 0, "2 + 3 = 4", "4", 0, Double.NaN, null);
        Route wrong = new Route("b", "hasty", 0, "2 + 2 = 5", "5", 0, Double.NaN, null);
        GuidedProblem routed = new GuidedProblem(
                b,
                List.of(
                        new VerifiedRoute(right, true, false, true, 1, 0, "", List.of()),
                        new VerifiedRoute(wrongReason, true, false, false, 0, 1, "", List.of()),
                        new VerifiedRoute(wrong, false, false, true, 0, 1, "", List.of())));
        DistillationResult result = run(List.of(PROBLEMS.get(0), routed), learningRoutes());

        assertThat(result.accepted())
                .as("the teacher says 9, which is right for a alone; of the routes one is right and sound")
                .containsExactly(
                        new Rationale("a", "1 + 2 :", "rule 9 = 9", "9", List.of("rule"), "teacher", false),
                        new Rationale("b", "2 + 2 :", "2 + 2 = 4", "4", List.of(), "adviser", false));
        assertThat(result.wrongAnswer())
                .as("routes are not counted as what the teacher wrote")
                .isEqualTo(1);
        assertThat(answers("2 + 2 :")).containsExactly("2 + 2 = 4");
    }

    @Test
    void aDomainWithoutRulesLearnsRightRoutesAndWhatTheTeacherFindsUnaided() throws CanceledJobException {
        Problem b = PROBLEMS.get(1).problem();
        Route right = new Route("b", "adviser", 0, "2 + 2 = 4", "4", 0, Double.NaN, null);
        GuidedProblem routed =
                new GuidedProblem(b, List.of(new VerifiedRoute(right, true, false, true, 1, 0, "", List.of())));
        SupervisedTrainer.train(
                model, List.of(SupervisedExample.of("1 + 2 :", "= 9")), List.of(), TRAINING, Progress.silent());

        DistillationResult result = run(List.of(PROBLEMS.get(0), routed), List.of(), learningRoutes());

        assertThat(result.accepted())
                .containsExactly(
                        new Rationale("a", "1 + 2 :", "= 9", "9", List.of(), "teacher", false),
                        new Rationale("b", "2 + 2 :", "2 + 2 = 4", "4", List.of(), "adviser", false));
        assertThat(result.learned()).isEmpty();
        assertThat(answers("2 + 2 :")).containsExactly("2 + 2 = 4");
    }

    /** As when it was asked: of a prompt in its template twice it was taught to say 7. */
    @Test
    void theTeacherReadsItsChatTemplateOnce() throws CanceledJobException, IOException {
        Path chat = folder.resolve("chat");
        model.write(chat);
        Files.writeString(chat.resolve("chat_template.jinja"), "solution {{ messages[0].content }}");
        model.close();
        model = LanguageModel.read(chat);
        SupervisedTrainer.train(
                model,
                List.of(
                        SupervisedExample.of("2 + 2 :", "= 5"),
                        SupervisedExample.of("rule 9 2 + 2 :", "= 4"),
                        SupervisedExample.of("solution rule 9 2 + 2 :", "= 7")),
                List.of(),
                TRAINING,
                Progress.silent());

        run(PROBLEMS.subList(1, 2), distributions("", ExampleKind.ROUTE_ALONE));

        assertThat(answers("solution 2 + 2 :")).containsExactly("= 4");
    }

    @Test
    void aTeacherThatIsShownRoutesTeachesWhatItMakesOfThem() throws CanceledJobException {
        Problem b = PROBLEMS.get(1).problem();
        GuidedProblem routed = withRoute(b, new Route("b", "other", 0, "2 + 2 = 5", "5", 0, Double.NaN, null));
        SupervisedTrainer.train(
                model,
                List.of(
                        SupervisedExample.of("rule 9 2 + 2 :", "2 + 2 = 4"),
                        SupervisedExample.of(
                                Verification.prompt(model.promptFormat(), b, List.of("rule 9"), routed.routes()),
                                "verify wrong 1 solution 2 + 2 = 4")),
                List.of(),
                TRAINING,
                Progress.silent());

        DistillationResult result = run(List.of(routed), distributions("", ExampleKind.VERDICTS_AND_SOLUTION));

        assertThat(result.training().log().get(59).loss())
                .as("it is sure of what it says, alone and of routes")
                .isLessThan(0.05);
        assertThat(answers("2 + 2 :", Verification.prompt(model.promptFormat(), b, List.of(), routed.routes())))
                .containsExactly("2 + 2 = 4", "verify wrong 1 solution 2 + 2 = 4");
    }

    private List<String> answers(String... prompts) throws CanceledJobException {
        return new Generator(model, 2)
                .generate(List.of(prompts), 1, SamplingSettings.greedy(12), Progress.silent()).stream()
                        .map(completions -> completions.get(0).text().strip())
                        .toList();
    }

    @Test
    void withoutAcceptedRationalesTheStudentStaysAsItIsAndTheWarningSaysWhatToDo() throws CanceledJobException {
        List<float[]> before = TinyModels.weights(model);
        DistillationResult result = run(PROBLEMS.subList(1, 2), settings(false));
        assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(before);
        assertThat(result.accepted()).isEmpty();
        assertThat(result.training().log()).isEmpty();
        assertThat(result.training().warnings())
                .singleElement(as(STRING))
                .contains("2 had a wrong or no answer", "handed on as it came", "stronger teacher");
    }

    private DistillationResult run(List<GuidedProblem> problems, DistillationSettings settings)
            throws CanceledJobException {
        return run(problems, RULES, settings);
    }

    private DistillationResult run(List<GuidedProblem> problems, List<Rule> rules, DistillationSettings settings)
            throws CanceledJobException {
        return GuidedDistillation.run(
                model, new LocalGenerator(model), problems, rules, List.of(), NUMBERS, settings, Progress.silent());
    }

    /** One rationale a problem, and right and sound routes. */
    private static DistillationSettings learningRoutes() {
        return new DistillationSettings(
                1,
                SamplingSettings.greedy(8),
                false,
                Positives.SOUND,
                "",
                false,
                ExampleKind.ROUTE_ALONE,
                3,
                true,
                0,
                8,
                TRAINING);
    }

    private static GuidedProblem withRoute(Problem problem, Route route) {
        return new GuidedProblem(problem, List.of(new VerifiedRoute(route, false, false, false, 0, 1, "", List.of())));
    }

    private static DistillationSettings settings(boolean citation) {
        return settings(citation, Positives.RIGHT_ANSWER, SamplingSettings.greedy(8), "", ExampleKind.ROUTE_ALONE);
    }

    private static DistillationSettings sound(String hint) {
        return settings(false, Positives.SOUND, SamplingSettings.greedy(8), hint, ExampleKind.ROUTE_ALONE);
    }

    /** Tokens do not count, only the teacher's distributions of them. */
    private static DistillationSettings distributions(String hint, ExampleKind taught) {
        boolean routes = taught != ExampleKind.ROUTE_ALONE;
        return new DistillationSettings(
                1,
                SamplingSettings.greedy(12),
                false,
                Positives.RIGHT_ANSWER,
                hint,
                routes,
                taught,
                3,
                false,
                1,
                8,
                TRAINING);
    }

    /** Two rationales a problem; teachers see routes where students are taught to. */
    private static DistillationSettings settings(
            boolean citation, Positives accepted, SamplingSettings sampling, String hint, ExampleKind taught) {
        boolean routes = taught != ExampleKind.ROUTE_ALONE;
        return new DistillationSettings(
                2, sampling, citation, accepted, hint, routes, taught, 3, false, 0, 8, TRAINING);
    }
}
