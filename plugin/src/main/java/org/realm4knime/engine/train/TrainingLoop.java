package org.realm4knime.engine.train;

import java.util.Locale;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** Runs the steps of a training: goes on from a checkpoint, reports, saves, and stops cleanly. */
final class TrainingLoop {

    /** One step of a training. */
    interface Step {

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
    }

    private final ModelUpdater updater;
    private final TrainingHistory history;
    private final CheckpointStore checkpoints;
    private final int checkpointEvery;
    private final int steps;
    private String summary = "";

    /**
     * Creates a loop.
     *
     * @param updater changes the weights
     * @param history what was logged before, from a checkpoint, and will be logged
     * @param checkpoints where checkpoints go
     * @param checkpointEvery steps from one checkpoint to the next; 0 writes one only at cancellation
     * @param steps number of the last step
     */
    TrainingLoop(
            ModelUpdater updater,
            TrainingHistory history,
            CheckpointStore checkpoints,
            int checkpointEvery,
            int steps) {
        this.updater = updater;
        this.history = history;
        this.checkpoints = checkpoints;
        this.checkpointEvery = checkpointEvery;
        this.steps = steps;
    }

    /**
     * Runs the steps that are left.
     *
     * @param body one step
     * @param progress told after every step, asked in between
     * @throws CanceledJobException if canceled; a checkpoint has been written then
     */
    void run(Step body, Progress progress) throws CanceledJobException {
        int first = history.rows().size() + 1;
        long start = System.nanoTime();
        for (int step = first; step <= steps && !body.finished(); step++) {
            LogRow row = runStep(body, step, progress).after(history.spent());
            history.rows().add(row);
            double secondsAStep = (System.nanoTime() - start) / 1e9 / (step - first + 1);
            summary = message(row, secondsAStep * (steps - step));
            progress.report(step / (double) steps, summary);
            if (checkpointEvery > 0 && step % checkpointEvery == 0 && step < steps) {
                checkpoints.save(step, updater, history);
            }
        }
    }

    private LogRow runStep(Step body, int step, Progress progress) throws CanceledJobException {
        int updates = updater.state().updates();
        try {
            progress.checkCanceled();
            return body.run(step, within(step, progress));
        } catch (CanceledJobException e) {
            // Between the two updates of a step there is no state to go on from: the last checkpoint stays.
            if (updater.state().updates() == updates && step > 1) {
                checkpoints.save(step - 1, updater, history);
            }
            throw e;
        } catch (DivergedException e) {
            throw diverged(step, e);
        }
    }

    /** Progress within a step: the figures of the last step stay on show, and before there are any, what is being done. */
    private Progress within(int step, Progress progress) {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                String shown = summary.isEmpty() ? "Step %d of %d: %s".formatted(step, steps, message) : summary;
                progress.report((step - 1 + Math.min(1, Math.max(0, fraction))) / steps, shown);
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                progress.checkCanceled();
            }
        };
    }

    private EngineException diverged(int step, DivergedException cause) {
        String remedy = step == 1
                ? "The model's weights may hold numbers that are not finite: read the model anew. Else lower the learning"
                        + " rate."
                : "The learning rate is probably too high: lower it to a third, or give it more warm-up steps.";
        String kept = checkpoints
                .describeNewest()
                .map(place -> " The checkpoint in " + place + " was kept.")
                .orElse("");
        return new EngineException(
                "Training stopped at step %d: the %s is not a finite number. %s%s"
                        .formatted(step, cause.getMessage(), remedy, kept),
                cause);
    }

    private String message(LogRow row, double secondsLeft) {
        StringBuilder text = new StringBuilder("Step %d of %d".formatted(row.step(), steps));
        append(text, ", loss %.3f", row.loss());
        append(text, ", reward %.2f", row.reward());
        append(text, ", held-out accuracy %.2f", row.heldOut());
        append(text, ", guidance %.2f", row.guidance());
        append(text, ", KL %.4f", row.kl());
        append(text, ", entropy %.2f", row.entropy());
        append(text, ", %,.0f tokens/s", row.tokensPerSecond());
        return text.append(", ").append(duration(secondsLeft)).append(" left").toString();
    }

    private static void append(StringBuilder text, String format, double value) {
        if (!Double.isNaN(value)) {
            text.append(String.format(Locale.ROOT, format, value));
        }
    }

    /** A duration for people: "8 s", "3 min 20 s", "2 h 5 min". */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
    }
}
