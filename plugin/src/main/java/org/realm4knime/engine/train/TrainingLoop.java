package org.realm4knime.engine.train;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.MemoryAdvice;
import org.realm4knime.engine.update.DivergedException;
import org.realm4knime.engine.update.WeightStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of a training: goes on from a checkpoint, reports, saves, and stops so that no finished step is lost.
 * A step that has not changed the model when the user cancels is taken back; one that has is finished first. Either way
 * the checkpoint then holds all finished steps.
 */
public final class TrainingLoop {

    /** A training that saves while it runs does so at least this often: what a crash or a loss of power may cost. */
    static final Duration LONGEST_UNSAVED = Duration.ofMinutes(5);

    /** More says nothing but that the clock was set. */
    private static final Duration LONGEST_SHOWN = Duration.ofDays(999);

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

    /** One step of a training. */
    public interface Step {

        /**
         * Trains one step.
         *
         * @param step number of the step, from 1
         * @param progress asked whether to stop, wherever the step can wait
         * @return the step's figures
         * @throws CanceledJobException if canceled
         */
        LogRow run(int step, Progress progress) throws CanceledJobException;

        /** Whether the training should end before the next step. */
        default boolean finished() {
            return false;
        }

        /** Loss of a guess among all tokens, where the loss is a cross-entropy; else NaN. */
        default double guess() {
            return Double.NaN;
        }
    }

    private final WeightStore weights;
    private final TrainingHistory history;
    private final CheckpointStore checkpoints;
    private final int checkpointEvery;
    private final int steps;
    private final LongSupplier clock;
    private String summary = "";
    /** What the last checkpoint took; no number before the first one. */
    private double secondsToSave = Double.NaN;

    /**
     * Creates a loop.
     *
     * @param weights what the steps change
     * @param history what was logged before, from a checkpoint, and will be logged
     * @param checkpoints where checkpoints go
     * @param run number of the last step, and steps from one checkpoint to the next, which is also written when
     *     {@link #LONGEST_UNSAVED} has passed
     */
    public TrainingLoop(WeightStore weights, TrainingHistory history, CheckpointStore checkpoints, RunSettings run) {
        this(weights, history, checkpoints, run, System::nanoTime);
    }

    /** @param clock nanoseconds since some fixed time */
    TrainingLoop(
            WeightStore weights,
            TrainingHistory history,
            CheckpointStore checkpoints,
            RunSettings run,
            LongSupplier clock) {
        this.weights = weights;
        this.history = history;
        this.checkpoints = checkpoints;
        checkpointEvery = run.checkpointEvery();
        steps = run.steps();
        this.clock = clock;
    }

    /**
     * Runs the steps that are left. The last one is saved too, since what the caller does next may be canceled as well.
     *
     * @param body one step
     * @param progress told after every step, asked in between
     * @throws TrainingCanceledException if canceled; a checkpoint of all finished steps has been written then
     * @throws EngineException if a step failed; all finished steps are saved then, if that can be done, unless the
     *     training itself went wrong: then the checkpoint from before is kept
     */
    public void run(Step body, Progress progress) throws TrainingCanceledException {
        Explosion explosion = new Explosion(body.guess());
        int first = history.rows().size() + 1;
        long start = clock.getAsLong();
        long savedAt = start;
        double secondsPerStep = Double.NaN;
        for (int step = first; step <= steps && !body.finished(); step++) {
            StepProgress within = new StepProgress(step, secondsPerStep, progress);
            history.rows().add(runStep(body, step, within, progress).after(history.spent()));
            long now = clock.getAsLong();
            secondsPerStep = (now - start) / 1e9 / (step - first + 1);
            summary = message(history.rows().get(step - 1), secondsPerStep * (steps - step));
            progress.report(step / (double) steps, summary);
            if (within.finishing) {
                throw stopped(step, progress);
            }
            if (explosion.isIn(history.rows())) {
                throw exploded(step, explosion);
            }
            boolean due = step % Math.max(1, checkpointEvery) == 0 || now - savedAt >= LONGEST_UNSAVED.toNanos();
            boolean worthKeeping = !explosion.mayBegin(history.rows());
            if (step == steps || body.finished() || checkpointEvery > 0 && due && worthKeeping) {
                save(step);
                savedAt = clock.getAsLong();
            }
        }
    }

    private LogRow runStep(Step body, int step, StepProgress within, Progress progress)
            throws TrainingCanceledException {
        try {
            progress.checkCanceled();
            return body.run(step, within);
        } catch (CanceledJobException e) {
            throw stopped(step - 1, progress);
        } catch (PausedException e) {
            throw paused(step - 1, e);
        } catch (DivergedException e) {
            throw diverged(step, e);
        } catch (EngineException e) {
            throw failed(step, within.untouched(), e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw failed(step, within.untouched(), MemoryAdvice.HEAP, e);
        }
    }

    /** The finished steps are good as long as the failed one has not changed the model. */
    private EngineException failed(int step, boolean untouched, String why, Throwable cause) {
        if (step > 1 && untouched) {
            try {
                save(step - 1);
            } catch (EngineException e) {
                LOG.error("The finished steps could not be saved", e);
            }
        }
        return new EngineException("Training stopped at step %d: %s%s".formatted(step, why, kept()), cause);
    }

    private EngineException exploded(int step, Explosion explosion) {
        return new EngineException(
                "Training stopped at step %d: %s%s".formatted(step, explosion.describe(history.rows()), kept()));
    }

    private String kept() {
        return checkpoints
                .describeNewest()
                .map(place -> " The checkpoint in " + place + " was kept.")
                .orElse("");
    }

    /** Saves the finished steps; if that fails, the user must learn it although the job ends as canceled. */
    private TrainingCanceledException stopped(int finished, Progress progress) {
        String message = "Stopped before the first step was finished";
        if (finished > 0) {
            progress.report(finished / (double) steps, "Saving step " + finished + about(secondsToSave));
            try {
                save(finished);
                message = "Stopped after step %d of %d; all of it is saved".formatted(finished, steps);
            } catch (EngineException e) {
                LOG.error("The finished steps could not be saved", e);
                message = "Stopped after step %d of %d. %s".formatted(finished, steps, e.getMessage());
            }
        }
        progress.report(finished / (double) steps, message);
        return new TrainingCanceledException(history.result());
    }

    /** Saves the finished steps, which are good. */
    private EngineException paused(int finished, PausedException cause) {
        if (finished > 0) {
            save(finished);
        }
        String kept = checkpoints
                .describeNewest()
                .map(place -> " The finished steps are saved in " + place + " and are gone on with.")
                .orElse("");
        return new EngineException(
                "Training paused before step %d of %d. %s%s".formatted(finished + 1, steps, cause.getMessage(), kept),
                cause);
    }

    /** KNIME cancels by an interrupt too, which would close the files that are being written. */
    private void save(int step) {
        boolean interrupted = Thread.interrupted();
        long begin = clock.getAsLong();
        try {
            checkpoints.save(step, weights, history);
        } catch (EngineException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            interrupted = true;
            checkpoints.save(step, weights, history);
        } finally {
            secondsToSave = (clock.getAsLong() - begin) / 1e9;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Progress within a step. The figures of the last step stay on show, and before there are any, what is being done.
     * Once the step has changed the model it can no longer be canceled, since there is no state between its updates to
     * go on from: it is finished then, and the user is told how long that takes.
     */
    private final class StepProgress implements Progress {

        private final int step;
        private final double secondsPerStep;
        private final Progress progress;
        private final int updatesBefore = weights.steps();
        private final long begin = clock.getAsLong();
        private double done;
        private boolean finishing;

        StepProgress(int step, double secondsPerStep, Progress progress) {
            this.step = step;
            this.secondsPerStep = secondsPerStep;
            this.progress = progress;
        }

        /** Whether the step has not changed the model. */
        boolean untouched() {
            return weights.steps() == updatesBefore;
        }

        @Override
        public void report(double fraction, String message) {
            done = (step - 1 + Math.min(1, Math.max(0, fraction))) / steps;
            String shown = summary.isEmpty() ? "Step %d of %d: %s".formatted(step, steps, message) : summary;
            progress.report(done, finishing ? finishingMessage() : shown);
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            try {
                progress.checkCanceled();
            } catch (CanceledJobException e) {
                if (untouched()) {
                    throw e;
                }
                if (!finishing) {
                    finishing = true;
                    progress.report(Math.max(done, (step - 1) / (double) steps), finishingMessage());
                }
            }
        }

        private String finishingMessage() {
            double left = secondsPerStep - (clock.getAsLong() - begin) / 1e9;
            return "Finishing step " + step + about(left);
        }
    }

    private static String about(double seconds) {
        return Double.isNaN(seconds) ? "" : ", about " + duration(Math.max(1, seconds));
    }

    private EngineException diverged(int step, DivergedException cause) {
        String remedy = step == 1
                ? "The model's weights may hold numbers that are not finite: read the model anew. Else lower the"
                        + " learning rate."
                : "The learning rate is probably too high: lower it to a third, or give it more warm-up steps.";
        return new EngineException(
                "Training stopped at step %d: the %s is not a finite number. %s%s"
                        .formatted(step, cause.getMessage(), remedy, kept()),
                cause);
    }

    private String message(LogRow row, double secondsLeft) {
        StringBuilder text = new StringBuilder("Step %d of %d".formatted(row.step(), steps));
        append(text, ", loss %.3f", row.loss());
        append(text, ", reward %.2f", row.rollouts().reward());
        append(text, ", held-out accuracy %.2f", row.heldOut().accuracy());
        append(text, ", guidance %.2f", row.help().guidance());
        append(text, ", KL %.4f", row.policy().kl());
        append(text, ", entropy %.2f", row.entropy());
        append(text, ", %,.0f tokens/s", row.tokensPerSecond());
        return text.append(", ").append(duration(secondsLeft)).append(" left").toString();
    }

    private static void append(StringBuilder text, String format, double value) {
        if (!Double.isNaN(value)) {
            text.append(String.format(Locale.ROOT, format, value));
        }
    }

    /** A duration for people: "8 s", "3 min 20 s", "2 h 5 min"; a clock that was set back makes none negative. */
    static String duration(double seconds) {
        long whole = Math.round(Math.min((double) LONGEST_SHOWN.toSeconds(), Math.max(0, seconds)));
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
    }
}
