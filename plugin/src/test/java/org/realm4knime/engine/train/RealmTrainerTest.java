package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.problem.AnswerChecker;
import org.realm4knime.engine.problem.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

class RealmTrainerTest {

    private static final AnswerChecker CHECKER = AnswerChecker.of(AnswerType.NUMBER, 0);

    @TempDir
    private static Path tokenizerFolder;

    private static LanguageModel beginner;

    @TempDir
    private Path folder;

    @BeforeAll
    static void teachTheBeginner() throws CanceledJobException {
        beginner = SumProblems.beginner(tokenizerFolder);
    }

    @AfterAll
    static void closeTheBeginner() {
        beginner.close();
    }

    private static GrpoSettingsBuilder settings(int steps) {
        return GrpoSettings.builder()
                .steps(steps)
                .promptsPerStep(6)
                .groupSize(6)
                .maxNewTokens(12)
                .internalisationLearningRate(1e-3)
                .anchorWeight(0)
                .watch(WatchSettings.OFF)
                .optimizer(new OptimizerSettings(1e-3, 0.01, 0.9, 0.95, 1e-8, 0.5, 3, LearningRateDecay.LINEAR, 0.1))
                .seed(4);
    }

    private static TrainingResult train(
            LanguageModel model, InductionSchedule schedule, GrpoSettings settings, Progress progress)
            throws CanceledJobException {
        return RealmTrainer.train(
                model, SumProblems.all(), List.of(), schedule, CHECKER, List.of(), settings, progress);
    }

    @Test
    void learnsWithoutGuidance() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            // whatever is asked, only this answer is right: the model says it one time in ten and must learn to prefer
            // it
            List<GuidedProblem> problems = SumProblems.all().stream()
                    .map(item -> new Problem(item.problem().id(), item.problem().question(), "7", null, null))
                    .map(GuidedProblem::of)
                    .toList();
            TrainingResult result = RealmTrainer.train(
                    model,
                    problems,
                    List.of(),
                    InductionSchedule.constant(0, 0),
                    CHECKER,
                    List.of(),
                    settings(30).optimizer(OptimizerSettings.of(2e-3)).build(),
                    Progress.silent());

            assertThat(meanReward(result, 25, 30)).isGreaterThan(meanReward(result, 0, 5) + 0.3);
            assertThat(result.log()).allSatisfy(row -> {
                assertThat(row.routesShown()).isZero();
                assertThat(row.guidance()).as("there is nothing to show").isNaN();
                assertThat(row.processReward()).isNaN();
                assertThat(row.rewardGuided()).isNaN();
                assertThat(row.internalisationLoss()).isNaN();
                assertThat(row.kl()).isNaN();
                assertThat(row.rewardUnguided()).isEqualTo(row.outcomeReward());
                assertThat(row.clipShare()).isZero();
            });
        }
    }

    @Test
    void guidesAndInternalises() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result =
                    train(model, InductionSchedule.linear(1, 0.25), settings(20).build(), Progress.silent());

            LogRow first = result.log().get(0);
            assertThat(first.guidance()).isEqualTo(1);
            assertThat(first.routesShown()).isEqualTo(2);
            assertThat(first.processReward()).isBetween(0.0, 1.0);
            assertThat(first.rewardUnguided()).isNaN();
            assertThat(first.internalisationLoss()).isPositive();
            LogRow last = result.log().get(19);
            assertThat(last.guidance()).isZero();
            assertThat(last.routesShown()).isZero();
            assertThat(last.internalisationLoss()).isNaN();
            // 6 prompts x 6 completions a step
            double generated = result.log().stream()
                    .mapToDouble(row -> 36 * row.completionLength())
                    .sum();
            assertThat(last.spent().samplesDrawn()).isEqualTo(20 * 36);
            assertThat(last.spent().tokensGenerated()).isEqualTo(Math.round(generated));
            assertThat(first.spent().tokensTrained()).isPositive();
            assertThat(result.log())
                    .extracting(row -> row.spent().tokensTrained())
                    .isSorted();
        }
    }

    @Test
    void showsNoMoreRoutesThanAsked() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = train(
                    model,
                    InductionSchedule.constant(1, 0),
                    settings(1).routesPerPrompt(1).build(),
                    Progress.silent());
            assertThat(result.log().get(0).routesShown()).isEqualTo(1);
        }
    }

    @Test
    void showsNothingToProblemsThatItSolvesAlone() throws CanceledJobException {
        GrpoSettings settings = settings(8)
                .guidanceNeed(GuidanceNeed.UNSOLVED)
                .checkpointFolder(folder.resolve("checkpoints"))
                .checkpointEvery(2)
                .build();
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            HeldOut problems = new HeldOut(
                    SumProblems.all(),
                    new PromptWriter(beginner, List.of(), settings),
                    new Generator(beginner, 64),
                    beginner,
                    CHECKER,
                    12);
            boolean[] alone = problems.alone(Progress.silent());
            Set<String> solved = IntStream.range(0, alone.length)
                    .filter(i -> alone[i])
                    .mapToObj(problems::id)
                    .collect(Collectors.toSet());
            assertThat(solved).isNotEmpty();

            TrainingResult expected = train(
                    uninterrupted,
                    InductionSchedule.constant(1, 0),
                    settings.toBuilder().checkpointFolder(null).build(),
                    Progress.silent());
            // the first group of each step; in the first eight steps hardly any problem comes twice
            assertThat(expected.completions().stream().filter(kept -> kept.step() <= 4))
                    .allSatisfy(kept -> assertThat(kept.routesShown() == 0)
                            .as(kept.problemId())
                            .isEqualTo(solved.contains(kept.problemId())));

            assertThatThrownBy(
                            () -> train(interrupted, InductionSchedule.constant(1, 0), settings, new CancelAtStep(5)))
                    .isInstanceOf(CanceledJobException.class);
            train(resumed, InductionSchedule.constant(1, 0), settings, Progress.silent());
            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
        }
    }

    @Test
    void keepsASampleOfTheCompletions() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = train(
                    model,
                    InductionSchedule.constant(1, 0),
                    settings(2).formatWeight(0.2).build(),
                    Progress.silent());

            // the first group of each step
            assertThat(result.completions()).hasSize(12);
            assertThat(result.completions()).extracting(LoggedCompletion::step).containsOnly(1, 2);
            assertThat(result.completions()).allSatisfy(kept -> {
                assertThat(kept.routesShown()).isEqualTo(2);
                assertThat(kept.prompt()).contains("|");
                assertThat(kept.reward())
                        .isCloseTo(kept.outcome() + 0.1 * kept.process() + 0.2 * kept.format(), within(1e-12));
            });
            double sum = result.completions().stream()
                    .limit(6)
                    .mapToDouble(LoggedCompletion::advantage)
                    .sum();
            assertThat(sum).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void goesOnFromACheckpointAsIfNeverInterrupted() throws CanceledJobException {
        GrpoSettings whole =
                settings(8).klCoefficient(0.02).resampleZeroVariance(true).build();
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            TrainingResult expected = train(uninterrupted, adaptive(), whole, Progress.silent());

            GrpoSettings kept = whole.toBuilder()
                    .checkpointFolder(folder.resolve("checkpoints"))
                    .checkpointEvery(3)
                    .build();
            assertThatThrownBy(() -> train(interrupted, adaptive(), kept, new CancelAtStep(6)))
                    .isInstanceOf(CanceledJobException.class);
            TrainingResult result = train(resumed, adaptive(), kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(result.log().stream().map(RealmTrainerTest::withoutTime))
                    .containsExactlyElementsOf(expected.log().stream()
                            .map(RealmTrainerTest::withoutTime)
                            .toList());
            assertThat(result.completions()).isEqualTo(expected.completions());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 9, 11, 13, 16, 18, 22})
    void losesNoFinishedStepWheneverItIsCanceled(int questions) throws Exception {
        GrpoSettings whole = teaching(3).microBatchSize(8).build();
        GrpoSettings kept = whole.toBuilder()
                .checkpointFolder(folder.resolve("checkpoints"))
                .build();
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            train(uninterrupted, InductionSchedule.constant(1, 0), whole, Progress.silent());
            TrainingCanceledException canceled = catchThrowableOfType(
                    TrainingCanceledException.class,
                    () -> train(interrupted, InductionSchedule.constant(1, 0), kept, new CancelAfter(questions)));
            int finished = canceled.soFar().log().size();
            if (finished > 0) {
                assertThat(folder.resolve("checkpoints/step-" + finished)).isDirectory();
            }
            TrainingResult result = train(resumed, InductionSchedule.constant(1, 0), kept, Progress.silent());

            assertThat(result.log().subList(0, finished))
                    .as("the finished steps were not trained again, not even their speed differs")
                    .isEqualTo(canceled.soFar().log());
            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
        }
    }

    @Test
    void goesOnFromACheckpointWithEveryWayOfTeaching() throws CanceledJobException {
        GrpoSettings whole = teaching(6).microBatchSize(4).build();
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            TrainingResult expected = train(uninterrupted, InductionSchedule.constant(1, 0), whole, Progress.silent());
            GrpoSettings kept = whole.toBuilder()
                    .checkpointFolder(folder.resolve("checkpoints"))
                    .checkpointEvery(3)
                    .build();
            assertThatThrownBy(() -> train(interrupted, InductionSchedule.constant(1, 0), kept, new CancelAtStep(4)))
                    .isInstanceOf(CanceledJobException.class);
            train(resumed, InductionSchedule.constant(1, 0), kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(expected.log()).allSatisfy(row -> {
                // half of six prompts may show routes, the other three get a route as a member
                assertThat(row.guidedShare()).isEqualTo(0.5);
                assertThat(row.externalRoutes()).isEqualTo(3);
                assertThat(row.contrastLoss()).isPositive();
                assertThat(row.rewardGuided()).isNotNaN();
                assertThat(row.rewardUnguided()).isNotNaN();
            });
            assertThat(expected.log())
                    .as("the second update no longer has the policy that sampled")
                    .anySatisfy(row -> assertThat(row.clipShare()).isPositive());
        }
    }

    private static GrpoSettingsBuilder teaching(int steps) {
        return settings(steps)
                .guidedShare(0.5)
                .miniBatches(2)
                .epochs(2)
                .clipLow(0.01)
                .clipHigh(0.01)
                .teaching(new RouteTeaching(1, 0.1, 0.5, 0.5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void routesTeachWithoutBeingShown(boolean adapter) throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RealmTrainer.train(
                    model,
                    SumProblems.all().subList(20, 26),
                    List.of(),
                    InductionSchedule.constant(0, 0),
                    CHECKER,
                    List.of(),
                    settings(12)
                            .teaching(new RouteTeaching(1, 0.1, 0.1, 1))
                            .lora(adapter ? LoraSettings.of(8, 64) : null)
                            .build(),
                    Progress.silent());
            assertThat(result.log()).allSatisfy(row -> {
                assertThat(row.routesShown()).isZero();
                assertThat(row.externalRoutes()).isEqualTo(6);
            });
            assertThat(result.log().get(11).contrastLoss())
                    .isLessThan(result.log().get(0).contrastLoss() - 0.1);
        }
    }

    private static String withoutTime(LogRow row) {
        return row.toString().replaceAll("tokensPerSecond=.*", "");
    }

    private static InductionSchedule adaptive() {
        return InductionSchedule.adaptive(1, 0.9, 0.3, 0.25, 2);
    }

    /** Cancels once it was told of a step: the next question stops the step after it. */
    private static final class CancelAtStep implements Progress {
        private final int step;
        private boolean reached;

        private CancelAtStep(int step) {
            this.step = step;
        }

        @Override
        public void report(double fraction, String message) {
            reached |= message.startsWith("Step " + step + " of");
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            if (reached) {
                throw new CanceledJobException();
            }
        }
    }

    @Test
    void saysHowFarItIs() throws CanceledJobException {
        List<String> messages = new ArrayList<>();
        List<Double> fractions = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                fractions.add(fraction);
                messages.add(message);
            }

            @Override
            public void checkCanceled() {
                // never
            }
        };
        try (LanguageModel model = beginner.copy()) {
            train(model, InductionSchedule.constant(1, 0), settings(3).build(), progress);
        }
        assertThat(fractions).isSorted().endsWith(1.0);
        assertThat(messages.get(messages.size() - 1))
                .matches("Step 3 of 3, loss -?[0-9.]+, reward [0-9.]+, guidance 1.00, entropy [0-9.]+, "
                        + "[0-9,]+ tokens/s, 0 s left");
    }

    @Test
    void warnsWhenNothingCanBeLearned() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            // one token is never a whole answer
            TrainingResult result = train(
                    model,
                    InductionSchedule.constant(0, 0),
                    settings(3).maxNewTokens(1).build(),
                    Progress.silent());

            assertThat(String.join("\n", result.warnings()).toLowerCase(Locale.ROOT))
                    .contains("cut off", "could be read", "same reward, 0.00");
            assertThat(result.log()).allSatisfy(row -> {
                assertThat(row.truncatedShare()).isEqualTo(1);
                assertThat(row.zeroVarianceShare()).isEqualTo(1);
                assertThat(row.loss()).isNaN();
            });
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(TinyModels.weights(beginner));
        }
    }

    @Test
    void showsRulesWhileTheyFade() throws CanceledJobException {
        List<Rule> rules = List.of(new Rule("r", "rule 1", null), new Rule("other", "rule 2", "another domain"));
        GrpoSettings settings = settings(2).fadeRules(1).build();
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RealmTrainer.train(
                    model,
                    SumProblems.all(),
                    List.of(),
                    InductionSchedule.constant(1, 0.5),
                    CHECKER,
                    rules,
                    settings,
                    Progress.silent());

            assertThat(result.completions().get(0).prompt())
                    .startsWith("rule 1 ")
                    .doesNotContain("rule 2");
            assertThat(result.completions().get(6).prompt()).doesNotContain("rule");
            assertThat(result.log()).extracting(LogRow::rulesShown).containsExactly(1.0, 0.0);
        }
    }

    @Test
    void namesAProblemWithoutAnswer() {
        GuidedProblem open = GuidedProblem.of(new Problem("p7", "1 + 1", "", null, null));
        assertThatThrownBy(() -> RealmTrainer.train(
                        beginner,
                        List.of(open),
                        List.of(),
                        InductionSchedule.constant(0, 0),
                        CHECKER,
                        List.of(),
                        settings(1).build(),
                        Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("p7");
    }

    @Test
    void refusesProblemsThatCannotFit() {
        assertThatThrownBy(() -> train(
                        beginner,
                        InductionSchedule.constant(0, 0),
                        settings(1).maxNewTokens(100).build(),
                        Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("64 tokens");
    }

    private static double meanReward(TrainingResult result, int from, int to) {
        return result.log().subList(from, to).stream()
                .mapToDouble(LogRow::reward)
                .average()
                .orElseThrow();
    }
}
