package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.update.CancelAfter;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** Trainings that go wrong: their weights do not come out, and the user is told. */
class TrainingWatchTest {

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

    private static GrpoSettings settings(double learningRate, WatchSettings watch) {
        return settings(learningRate, watch, InternalisationKind.SOLUTIONS);
    }

    private static GrpoSettings settings(double learningRate, WatchSettings watch, InternalisationKind kind) {
        return GrpoSettings.DEFAULT
                .withRun(RunSettings.of(16, 4))
                .withRollout(RolloutSettings.DEFAULT.withGroups(4, 4).withMaxNewTokens(12))
                .withUpdate(UpdateSettings.DEFAULT.withMaxStepKl(0))
                .withTeaching(TeachingSettings.DEFAULT.withInternalisation(
                        new InternalisationSettings(kind, 1, learningRate)))
                .withWatch(watch)
                .withOptimizer(new OptimizerSettings(
                        learningRate, 0.01, 0.9, 0.95, 1e-8, 1, 0, LearningRateDecay.CONSTANT, 1));
    }

    private static TrainingResult train(LanguageModel model, GrpoSettings settings, Progress progress)
            throws CanceledJobException {
        return RealmTrainer.train(
                model,
                SumProblems.all().subList(0, 30),
                SumProblems.all(),
                InductionSchedule.linear(1, 0.25),
                CHECKER,
                List.of(),
                settings,
                progress);
    }

    @ParameterizedTest
    @EnumSource(InternalisationKind.class)
    void aTrainingThatWrecksTheModelHandsOnTheBestOne(InternalisationKind kind) throws CanceledJobException {
        GrpoSettings settings = settings(0.3, new WatchSettings(2, 0.2, 2, 0, true), kind);
        // right routes would mend what the tries wreck
        GrpoSettings wrecking = settings.withTeaching(settings.teaching().withAnchorWeight(0));
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = train(model, wrecking, Progress.silent());

            assertThat(TinyModels.weights(model))
                    .as("no step was better than the start")
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(beginner));
            assertThat(result.log())
                    .as("it stops after two returns")
                    .hasSizeLessThan(16)
                    .hasSizeGreaterThan(4);
            assertThat(String.join("\n", result.warnings()))
                    .contains("It went on from the weights of step 0 with a third of the learning rate")
                    .contains("The training stopped with the weights of step 0");
            assertThat(result.notes()).anySatisfy(note -> assertThat(note).contains("The model is that of step 0"));
            double first = result.log().get(0).learningRate();
            assertThat(result.log().get(2).learningRate()).isEqualTo(first / 3);
        }
    }

    @Test
    void withoutAWatchTheLastWeightsComeOut() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result =
                    train(model, settings(0.3, WatchSettings.OFF).withRun(RunSettings.of(4, 4)), Progress.silent());
            assertThat(result.log())
                    .hasSize(4)
                    .allSatisfy(row -> assertThat(row.heldOut().seen()).isFalse());
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isNotEqualTo(TinyModels.weights(beginner));
        }
    }

    @Test
    void aHealthyTrainingIsLeftAloneAndLookedAt() throws CanceledJobException {
        GrpoSettings settings = settings(1e-3, new WatchSettings(5, 0.2, 2, 0, true))
                .withUpdate(UpdateSettings.DEFAULT.withMaxStepKl(1e-2));
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = train(model, settings, Progress.silent());

            assertThat(result.log()).hasSize(16);
            assertThat(result.log().stream().filter(row -> row.heldOut().seen()))
                    .extracting(LogRow::step)
                    .containsExactly(5, 10, 15, 16);
            assertThat(result.log()).filteredOn(row -> row.step() == 10).allSatisfy(row -> assertThat(
                            row.heldOut().accuracy())
                    .isBetween(row.heldOut().low(), row.heldOut().high()));
            assertThat(result.notes()).anySatisfy(note -> assertThat(note)
                    .startsWith("Before training, ")
                    .contains("55 held-out problems")
                    .doesNotContain("little is left to learn"));
            assertThat(result.log())
                    .allSatisfy(row -> assertThat(row.policy().stepKl()).isBetween(0.0, 1.3e-2));
            assertThat(result.log())
                    .as("anchors change the model where no group has signal")
                    .allSatisfy(row -> assertThat(row.gradientNorm()).isPositive());
        }
    }

    @Test
    void saysWhereItsProblemsAreKnownByHeart() throws CanceledJobException {
        try (LanguageModel model = beginner.copy()) {
            List<SupervisedExample> answers = SumProblems.all().stream()
                    .map(item -> SupervisedExample.of(
                            model.promptFormat().render(item.problem().question(), List.of(), List.of()),
                            "= " + item.problem().answer()))
                    .toList();
            SupervisedTrainer.train(
                    model,
                    answers,
                    List.of(),
                    SupervisedSettings.of(80, 32, OptimizerSettings.of(5e-3), 1),
                    Progress.silent());

            TrainingResult result = train(
                    model,
                    settings(1e-6, new WatchSettings(2, 0.2, 2, 0, true)).withRun(RunSettings.of(1, 4)),
                    Progress.silent());

            assertThat(result.notes())
                    .anySatisfy(note -> assertThat(note).contains("little is left to learn"))
                    .anySatisfy(note -> assertThat(note).startsWith("All held-out problems were taught to the model"));
        }
    }

    @Test
    void patienceEndsATrainingThatGainsNothing() throws CanceledJobException {
        GrpoSettings settings = settings(1e-9, new WatchSettings(2, 0.2, 2, 0.25, true));
        try (LanguageModel model = beginner.copy()) {
            TrainingResult result = RealmTrainer.train(
                    model,
                    SumProblems.all().subList(0, 30),
                    SumProblems.all(),
                    InductionSchedule.constant(0, 0),
                    CHECKER,
                    List.of(),
                    settings,
                    Progress.silent());
            assertThat(result.log()).hasSize(4);
            assertThat(result.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("no gain"));
        }
    }

    @Test
    void anInterruptedTrainingRemembersItsBestWeights() throws CanceledJobException {
        GrpoSettings whole =
                settings(0.02, new WatchSettings(2, 0.2, 1, 0, true), InternalisationKind.SELF_DISTILLATION);
        GrpoSettings kept = whole.withRun(whole.run().withCheckpoints(folder.resolve("checkpoints"), 0));
        try (LanguageModel uninterrupted = beginner.copy();
                LanguageModel interrupted = beginner.copy();
                LanguageModel resumed = beginner.copy()) {
            TrainingResult expected = train(uninterrupted, whole, Progress.silent());
            assertThatThrownBy(() -> train(interrupted, kept, new CancelAfter(5)))
                    .isInstanceOf(CanceledJobException.class);
            TrainingResult result = train(resumed, kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(result.warnings()).isEqualTo(expected.warnings());
            assertThat(result.notes()).isEqualTo(expected.notes());
            List<Double> heldOut = new ArrayList<>();
            result.log().forEach(row -> heldOut.add(row.heldOut().accuracy()));
            assertThat(heldOut)
                    .isEqualTo(expected.log().stream()
                            .map(row -> row.heldOut().accuracy())
                            .toList());
        }
    }

    /** Cancels once it was told of a step. */
    private static final class CancelAfter implements Progress {
        private final int step;
        private boolean reached;

        private CancelAfter(int step) {
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
}
