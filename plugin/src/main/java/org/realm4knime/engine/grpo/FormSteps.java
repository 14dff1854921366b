package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.RolloutFigures;
import org.realm4knime.engine.train.TrainingHistory;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.TrainingWorker;

/**
 * Steps that teach the form of answers and nothing else. Where most completions of a step lack the form that they were
 * asked for, hardly any is rewarded, and there is nothing to learn from them: an earlier node taught the model too
 * little. Such a step takes several updates on right routes ({@link Anchors}) instead, at the full learning rate, and
 * so do the steps after it until most completions have the form. They are at most a fifth of a training, so that
 * problems whose form cannot be taught do not use all of it up.
 */
final class FormSteps {

    /** Share of flawed completions that such steps begin with, and the one that ends them. */
    private static final double BEGIN = 0.5;

    private static final double END = 0.2;
    private static final double LARGEST_SHARE = 0.2;
    private static final int UPDATES = 10;
    private static final int PROBLEMS = 16;

    private final Anchors anchors;
    private final List<GuidedProblem> taught;
    private final TrainingWorker worker;
    private final GrpoSettings settings;
    private final TrainingHistory history;

    FormSteps(Anchors anchors, TrainingWorker worker, GrpoSettings settings, TrainingHistory history) {
        this.anchors = anchors;
        this.worker = worker;
        this.settings = settings;
        this.history = history;
        taught = settings.teaching().anchorWeight() == 0 ? List.of() : anchors.taught();
    }

    /**
     * Whether a step should teach the form alone.
     *
     * @param rollouts what the completions of the step earned
     */
    boolean due(RolloutFigures rollouts) {
        Past past = Past.of(history.rows(), settings);
        return !taught.isEmpty() && past.lacks(rollouts) && past.steps < most(settings);
    }

    /** Whether the last step taught the form alone. */
    boolean wasTheLast() {
        return !taught.isEmpty() && Past.of(history.rows(), settings).last;
    }

    /** How many steps of a log taught the form alone, if there were right routes to teach it by. */
    static int in(List<LogRow> log, GrpoSettings settings) {
        return settings.teaching().anchorWeight() == 0 ? 0 : Past.of(log, settings).steps;
    }

    private static int most(GrpoSettings settings) {
        return (int) Math.ceil(LARGEST_SHARE * settings.run().steps());
    }

    /**
     * What a log says of such steps; so nothing else has to outlast an interruption.
     *
     * @param steps how many there were
     * @param last whether the last step was one
     */
    private record Past(int steps, boolean last) {

        static Past of(List<LogRow> log, GrpoSettings settings) {
            Past past = new Past(0, false);
            for (LogRow row : log) {
                boolean form = past.lacks(row.rollouts()) && past.steps < most(settings);
                past = new Past(past.steps + (form ? 1 : 0), form);
            }
            return past;
        }

        boolean lacks(RolloutFigures rollouts) {
            return rollouts.flawedShare() > (last ? END : BEGIN);
        }
    }

    /**
     * Takes such a step.
     *
     * @param step number of the step
     * @param learningRate of each update
     */
    UpdateFigures take(int step, double learningRate, Progress progress) throws CanceledJobException {
        Random random = new Random(RandomStreams.seed(settings.run().seed(), Purpose.FORM, step));
        List<UpdateFigures> updates = new ArrayList<>();
        for (int i = 0; i < UPDATES; i++) {
            List<GuidedProblem> some = new ArrayList<>(taught);
            Collections.shuffle(some, random);
            Progress update = new FormProgress(i, progress);
            worker.addGradients(
                    List.of(anchors.part(some.subList(0, Math.min(PROBLEMS, some.size())), 1, random)), update);
            updates.add(UpdateFigures.untried(worker.takeStep(learningRate, StepBound.NONE, update)));
        }
        return UpdateFigures.of(updates);
    }

    /** Such a step takes long with a large model, and says what it does meanwhile. */
    private record FormProgress(int update, Progress step) implements Progress {

        @Override
        public void report(double fraction, String message) {
            step.report(
                    (update + fraction) / UPDATES,
                    "teaching the form by right routes, update %d of %d".formatted(update + 1, UPDATES));
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            step.checkCanceled();
        }
    }
}
