package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;

/** Short trainings on sums. */
final class RlTrainings {

    static final AnswerChecker CHECKER = AnswerChecker.of(AnswerType.NUMBER, 0);

    static final RolloutSettings ROLLOUT =
            RolloutSettings.DEFAULT.withGroups(6, 6).withMaxNewTokens(12);

    /** Internalisation at the learning rate of the training, and no anchors. */
    static final TeachingSettings TEACHING = TeachingSettings.DEFAULT
            .withInternalisation(InternalisationSettings.DEFAULT.withLearningRate(1e-3))
            .withAnchorWeight(0);

    private RlTrainings() {}

    static GrpoSettings settings(int steps) {
        return GrpoSettings.DEFAULT
                .withRun(RunSettings.of(steps, 4))
                .withRollout(ROLLOUT)
                .withTeaching(TEACHING)
                .withWatch(WatchSettings.OFF)
                .withOptimizer(
                        new OptimizerSettings(1e-3, 0.01, 0.9, 0.95, 1e-8, 0.5, 3, LearningRateDecay.LINEAR, 0.1));
    }

    /** Every way of teaching, in four updates per step. */
    static GrpoSettings teaching(int steps, int microBatchSize) {
        return settings(steps)
                .withGuidance(GuidanceSettings.DEFAULT.withGuidedShare(0.5))
                .withUpdate(UpdateSettings.DEFAULT.withUpdates(2, 2).withMicroBatchSize(microBatchSize))
                .withLoss(LossSettings.DEFAULT.withClip(0.01, 0.01))
                .withTeaching(TEACHING.withRoutes(new RouteTeaching(1, 0.1, 0.5, 0.5)));
    }

    static TrainingResult train(
            LanguageModel model, InductionSchedule schedule, GrpoSettings settings, Progress progress)
            throws CanceledJobException {
        return RealmTrainer.train(
                model, SumProblems.all(), List.of(), schedule, CHECKER, List.of(), settings, progress);
    }

    /** Keeps what it is told. */
    static final class Told implements Progress {
        final List<Double> fractions = new ArrayList<>();
        final List<String> messages = new ArrayList<>();

        @Override
        public void report(double fraction, String message) {
            fractions.add(fraction);
            messages.add(message);
        }

        @Override
        public void checkCanceled() {
            // is not canceled
        }
    }

    /** Cancels once it was told of a step: the next question stops the step after it. */
    static final class CancelAtStep implements Progress {
        private final int step;
        private boolean reached;

        CancelAtStep(int step) {
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
