package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TaughtPrompts;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingCanceledException;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.train.Workers;
import org.realm4knime.engine.update.CancelAfter;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.TinyModels;

/** Trainings that are interrupted and go on as if they had not been. */
class RealmTrainerCheckpointTest {

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

    @Test
    void showsNothingToProblemsThatItSolvesAlone() throws CanceledJobException {
        GrpoSettings settings = RlTrainings.settings(8)
                .withGuidance(GuidanceSettings.DEFAULT.withNeed(GuidanceNeed.UNSOLVED))
                .withRun(RunSettings.of(8, 4).withCheckpoints(folder.resolve("checkpoints"), 2));
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            Set<String> solved = solvedAlone(settings);
            assertThat(solved).isNotEmpty();

            TrainingResult expected = RlTrainings.train(
                    uninterrupted,
                    InductionSchedule.constant(1, 0),
                    settings.withRun(settings.run().withoutCheckpoints()),
                    Progress.silent());
            // the first group of each step; in the first eight steps hardly any problem comes twice
            assertThat(expected.completions().stream().filter(kept -> kept.step() <= 4))
                    .allSatisfy(kept -> assertThat(kept.routesShown() == 0)
                            .as(kept.problemId())
                            .isEqualTo(solved.contains(kept.problemId())));

            assertThatThrownBy(() -> RlTrainings.train(
                            interrupted, InductionSchedule.constant(1, 0), settings, new RlTrainings.CancelAtStep(5)))
                    .isInstanceOf(CanceledJobException.class);
            RlTrainings.train(resumed, InductionSchedule.constant(1, 0), settings, Progress.silent());
            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
        }
    }

    @Test
    void goesOnFromACheckpointAsIfNeverInterrupted() throws CanceledJobException {
        GrpoSettings whole = RlTrainings.settings(8)
                .withLoss(LossSettings.DEFAULT.withKlCoefficient(0.02))
                .withRollout(RlTrainings.ROLLOUT.withResampling(true));
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            TrainingResult expected = RlTrainings.train(uninterrupted, adaptive(), whole, Progress.silent());

            GrpoSettings kept = whole.withRun(whole.run().withCheckpoints(folder.resolve("checkpoints"), 3));
            assertThatThrownBy(() -> RlTrainings.train(interrupted, adaptive(), kept, new RlTrainings.CancelAtStep(6)))
                    .isInstanceOf(CanceledJobException.class);
            TrainingResult result = RlTrainings.train(resumed, adaptive(), kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(result.log().stream().map(RealmTrainerCheckpointTest::withoutTime))
                    .containsExactlyElementsOf(expected.log().stream()
                            .map(RealmTrainerCheckpointTest::withoutTime)
                            .toList());
            assertThat(result.completions()).isEqualTo(expected.completions());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 9, 11, 13, 16, 18, 22})
    void losesNoFinishedStepWheneverItIsCanceled(int questions) throws Exception {
        GrpoSettings whole = RlTrainings.teaching(3, 8);
        GrpoSettings kept = whole.withRun(whole.run().withCheckpoints(folder.resolve("checkpoints"), 0));
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            RlTrainings.train(uninterrupted, InductionSchedule.constant(1, 0), whole, Progress.silent());
            TrainingCanceledException canceled = catchThrowableOfType(
                    TrainingCanceledException.class,
                    () -> RlTrainings.train(
                            interrupted,
                            InductionSchedule.constant(1, 0),
                            kept,
                            new CancelAfter(questions, "Step 1 of")));
            int finished = canceled.soFar().log().size();
            if (finished > 0) {
                assertThat(folder.resolve("checkpoints/step-" + finished)).isDirectory();
            }
            TrainingResult result =
                    RlTrainings.train(resumed, InductionSchedule.constant(1, 0), kept, Progress.silent());

            assertThat(result.log().subList(0, finished))
                    .as("the finished steps were not trained again, not even their speed differs")
                    .isEqualTo(canceled.soFar().log());
            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
        }
    }

    @Test
    void aStepThatIsTakenBackWhileTheModelIsLookedAtLeavesNothingBehind() throws CanceledJobException {
        // one token is never an answer, so no step changes the model: a cancellation is noticed in the look after it
        // too
        GrpoSettings settings = RlTrainings.settings(2)
                .withRollout(RlTrainings.ROLLOUT.withMaxNewTokens(1))
                .withWatch(new WatchSettings(1, 0.2, 2, 0, true));
        List<Integer> finished = new ArrayList<>();
        try (LanguageModel model = beginner.copy()) {
            for (int questions = 0; questions < 60; questions++) {
                Progress canceling = new CancelAfter(questions, "Step 1 of");
                Throwable thrown = catchThrowable(
                        () -> RlTrainings.train(model, InductionSchedule.constant(0, 0), settings, canceling));
                if (thrown instanceof TrainingCanceledException canceled) {
                    TrainingResult soFar = canceled.soFar();
                    finished.add(soFar.log().size());
                    assertThat(soFar.completions()).hasSize(6 * soFar.log().size());
                }
            }
        }
        assertThat(finished).contains(0, 1);
    }

    @Test
    void goesOnFromACheckpointWithEveryWayOfTeaching() throws CanceledJobException {
        GrpoSettings whole = RlTrainings.teaching(6, 4);
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            TrainingResult expected =
                    RlTrainings.train(uninterrupted, InductionSchedule.constant(1, 0), whole, Progress.silent());
            GrpoSettings kept = whole.withRun(whole.run().withCheckpoints(folder.resolve("checkpoints"), 3));
            assertThatThrownBy(() -> RlTrainings.train(
                            interrupted, InductionSchedule.constant(1, 0), kept, new RlTrainings.CancelAtStep(4)))
                    .isInstanceOf(CanceledJobException.class);
            RlTrainings.train(resumed, InductionSchedule.constant(1, 0), kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(expected.log()).allSatisfy(row -> {
                // half of six prompts may show routes, the other three get a route as a member
                assertThat(row.help().guidedShare()).isEqualTo(0.5);
                assertThat(row.rollouts().externalRoutes()).isEqualTo(3);
                assertThat(row.policy().contrastLoss()).isPositive();
                assertThat(row.rollouts().rightGuided()).isNotNaN();
                assertThat(row.rollouts().rightUnguided()).isNotNaN();
            });
            assertThat(expected.log())
                    .as("the second update no longer has the policy that sampled")
                    .anySatisfy(row -> assertThat(row.policy().clipShare()).isPositive());
        }
    }

    /** Ids of the problems that the beginner answers rightly. */
    private static Set<String> solvedAlone(GrpoSettings settings) throws CanceledJobException {
        try (LanguageModel model = beginner.copy();
                LocalWorker worker = Workers.of(model)) {
            PromptWriter writer = new PromptWriter(model, List.of(), settings.guidance());
            HeldOutProblems problems = new HeldOutProblems(
                    SumProblems.all(), writer, worker, TaughtPrompts.NONE, RlTrainings.CHECKER, settings);
            boolean[] alone = problems.alone(Progress.silent());
            return IntStream.range(0, alone.length)
                    .filter(number -> alone[number])
                    .mapToObj(problems::id)
                    .collect(Collectors.toSet());
        }
    }

    private static String withoutTime(LogRow row) {
        return row.toString().replaceAll("tokensPerSecond=.*", "");
    }

    private static InductionSchedule adaptive() {
        return InductionSchedule.adaptive(1, 0.9, 0.3, 0.25, 2);
    }
}
