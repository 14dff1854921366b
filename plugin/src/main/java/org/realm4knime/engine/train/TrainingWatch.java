package org.realm4knime.engine.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.answer.Accuracy;
import org.realm4knime.engine.update.WeightStore;

/**
 * Watches a training: looks at held-out problems, keeps the weights that did best on them, and goes back to these, with
 * a third of the learning rate, where the training goes wrong. It goes wrong where significantly fewer held-out
 * problems are answered rightly than at the best look, or where the log shows it and the held-out problems show no
 * gain. While routes are shown the start is left only for weights that are better beyond chance.
 */
public final class TrainingWatch implements CheckpointStore.Part {

    private static final String STATE = "watch.json";
    private static final double LOWER_RATE = 1.0 / 3;
    /** Accuracy before a training from which on its problems may be known by heart. */
    private static final double KNOWN = 0.9;

    private static final Gson GSON = new Gson();

    /** What has to outlast an interruption. */
    private static final class State {
        private int bestStep = -1;
        private int begun;
        private boolean[] start = {};
        private int[] startTries = {};
        private boolean[] best = {};
        private int gainStep;
        private int since;
        private int rollbacks;
        private double rate = 1;
        private boolean stopped;
    }

    private final WatchSettings settings;
    private final HeldOut heldOut;
    private final WeightStore weights;
    private final TrainingHistory history;
    private final int steps;
    private final int promptsPerStep;
    private State state = new State();

    /**
     * A watch.
     *
     * @param settings when to look and what to do
     * @param steps steps of the whole training
     * @param promptsPerStep prompts of a step
     * @param heldOut problems to look at; without any, the last weights come out
     * @param weights of the training
     * @param history the log, and warnings for the user
     */
    public TrainingWatch(
            WatchSettings settings,
            int steps,
            int promptsPerStep,
            HeldOut heldOut,
            WeightStore weights,
            TrainingHistory history) {
        this.settings = settings;
        this.steps = steps;
        this.promptsPerStep = promptsPerStep;
        this.heldOut = heldOut;
        this.weights = weights;
        this.history = history;
        if (looks()) {
            weights.remember();
        }
    }

    /** Whether there is something to look at. */
    boolean looks() {
        return settings.everySteps() > 0 && heldOut.size() > 0;
    }

    /** Whether the training should end before its last step. */
    public boolean stopped() {
        return state.stopped;
    }

    /** Whether the weights after a step are no longer those that it left, but the best ones of before. */
    public boolean wentBack(int step) {
        return looks() && state.since == step;
    }

    /** Factor of the learning rate. */
    public double learningRateFactor() {
        return state.rate;
    }

    /** Looks at the model before the first step, unless a checkpoint says how it was, and says what help can give. */
    public void begin(Progress progress) throws CanceledJobException {
        if (!looks() || state.bestStep >= 0) {
            return;
        }
        state.start = heldOut.alone(progress);
        state.startTries = heldOut.tries(0, progress);
        take(0, state.start);
        TaughtBefore taught = TaughtBefore.of(heldOut.taughtBefore(progress), state.start);
        taught.message().ifPresent(message -> {
            progress.report(0, message);
            if (taught.byHeart()) {
                history.warn(message);
            } else {
                history.note(message);
            }
        });
        if (heldOut.hasHelp()) {
            String forecast = forecast(accuracy(state.best), accuracy(heldOut.withHelp(progress)));
            history.note(forecast);
            progress.report(0, forecast);
        }
    }

    /**
     * Looks at a model that was prepared for the training by steps of another kind, and makes it the one to go back to,
     * unless something was lost. The trends of the log begin anew.
     *
     * @param step number of the last such step
     */
    public void beginAnew(int step, Progress progress) throws CanceledJobException {
        if (!looks() || state.since == step) { // it has gone back after that step
            return;
        }
        state.since = step;
        boolean[] right = heldOut.alone(progress);
        if (state.bestStep == 0
                && !Changes.of(state.start, right).significantlyWorse()
                && losesNothing(step, progress)) {
            take(step, right);
            state.begun = step;
        }
    }

    private static String forecast(Accuracy alone, Accuracy withHelp) {
        double gap = 100 * (withHelp.value() - alone.value());
        String worth = gap <= 0
                ? "so guidance has nothing to teach as the model uses it now; it can only gain from its own tries"
                : String.format(Locale.ROOT, "so guidance is worth at most some %.0f points here", gap);
        return String.format(
                Locale.ROOT,
                "Before training, %.0f %% of %d held-out problems are answered rightly without help and %.0f %%"
                        + " with it, %s.%s",
                100 * alone.value(),
                alone.total(),
                100 * withHelp.value(),
                worth,
                alone.value() < KNOWN
                        ? ""
                        : " So many are right that little is left to learn from them, perhaps as an earlier training"
                                + " taught these very problems. Others would teach more. If a Route Verifier"
                                + " taught them, switch 'Solutions alone too' off there and learn right routes"
                                + " afterwards, in a Guided Distiller.");
    }

    /**
     * Looks at the model after a step, where it is time to or the log gives reason to, and acts.
     *
     * @param step number of the step
     * @param row its figures, not yet in the log
     * @return the row, with the accuracy on the held-out problems if it was looked at
     */
    public LogRow after(int step, LogRow row, Progress progress) throws CanceledJobException {
        if (!looks()) {
            return row;
        }
        List<LogRow> log = history.rows().subList(state.since, history.rows().size());
        List<String> alarms = step % Trends.WINDOW == 0 ? Trends.alarms(with(log, row), promptsPerStep) : List.of();
        if (alarms.isEmpty() && step % settings.everySteps() != 0 && step != steps) {
            return row;
        }
        boolean[] right = heldOut.alone(progress);
        Accuracy now = accuracy(right);
        boolean worse = Changes.of(state.best, right).significantlyWorse();
        boolean gained = now.correct() > count(state.best)
                && Changes.of(state.start, right).convinces(); // the start is left for something better alone
        if (worse || !alarms.isEmpty() && !gained) {
            goBack(step, now, alarms);
        } else if (gained || state.bestStep > state.begun && now.correct() >= count(state.best)) {
            take(step, right);
            state.gainStep = gained ? step : state.gainStep;
        } else if (state.bestStep == state.begun && row.help().guidance() <= 0 && losesNothing(step, progress)) {
            take(step, right);
        }
        if (row.help().guidance() > 0) {
            state.gainStep = step; // what guidance teaches shows when it has gone
        }
        if (settings.patience() > 0 && step - state.gainStep >= settings.patience() * steps && step < steps) {
            stop(("Step %d: no gain on the %d held-out problems since step %d, so the training ended before its"
                            + " last step.")
                    .formatted(step, heldOut.size(), state.gainStep));
        }
        return row.withHeldOut(HeldOutFigures.of(now));
    }

    /**
     * Whether weights whose answers are not significantly fewer may take the place of the start although no lead shows,
     * as no routes are shown any more: a few tries at each held-out problem are not right significantly less often than
     * at the start.
     * A model that an earlier node has trained on these problems knows most of their answers by heart. It cannot answer
     * more of them, while it can come to answer more of others: so no lead is asked for, only that nothing is lost.
     */
    private boolean losesNothing(int step, Progress progress) throws CanceledJobException {
        int[] tries = heldOut.tries(step, progress);
        if (Changes.of(state.startTries, tries).significantlyWorse()) {
            return false;
        }
        history.note(("Step %d: of several tries at each held-out problem %d are right, %d at the start. These weights"
                        + " are preferred to the start, as nothing is lost.")
                .formatted(
                        step,
                        IntStream.of(tries).sum(),
                        IntStream.of(state.startTries).sum()));
        return true;
    }

    /** Makes the best weights those of the model, where they are to come out. */
    public void end() {
        if (looks() && settings.keepBest()) {
            weights.recall();
            history.note(summary());
        }
    }

    private String summary() {
        Accuracy best = accuracy(state.best);
        return String.format(
                Locale.ROOT,
                "The model is that of step %d, which answered %.0f %% of %d held-out problems rightly without help"
                        + " (95 %% interval %.0f to %.0f %%).",
                state.bestStep,
                100 * best.value(),
                best.total(),
                100 * best.low(),
                100 * best.high());
    }

    private void goBack(int step, Accuracy now, List<String> alarms) {
        Accuracy best = accuracy(state.best);
        String seen = String.format(
                Locale.ROOT,
                "Step %d: %s%.0f %% of the held-out problems were answered rightly, %.0f %% at step %d.",
                step,
                alarms.isEmpty() ? "" : String.join("; ", alarms) + "; ",
                100 * now.value(),
                100 * best.value(),
                state.bestStep);
        weights.recall();
        state.since = step;
        if (state.rollbacks == settings.rollbacks()) {
            stop(seen + " The training stopped with the weights of step " + state.bestStep + ".");
            return;
        }
        state.rollbacks++;
        state.rate *= LOWER_RATE;
        state.gainStep = step;
        history.warn(seen + " It went on from the weights of step " + state.bestStep
                + " with a third of the learning rate. Next time begin with a lower one.");
    }

    private void stop(String why) {
        state.stopped = true;
        history.warn(why);
    }

    private void take(int step, boolean[] right) {
        state.bestStep = step;
        state.best = right;
        if (step > 0) {
            weights.remember();
        }
    }

    private static Accuracy accuracy(boolean[] right) {
        return new Accuracy(count(right), right.length);
    }

    private static int count(boolean[] right) {
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static List<LogRow> with(List<LogRow> log, LogRow row) {
        return Stream.concat(log.stream(), Stream.of(row)).toList();
    }

    @Override
    public void write(Path checkpoint) throws IOException {
        if (looks()) {
            WholeFile.write(checkpoint.resolve(STATE), GSON.toJson(state));
        }
    }

    @Override
    public void read(Path checkpoint) throws IOException {
        if (looks()) {
            try {
                State read = GSON.fromJson(Files.readString(checkpoint.resolve(STATE)), State.class);
                if (read == null || read.best.length != heldOut.size()) {
                    throw new IOException(STATE + " is of other held-out problems");
                }
                state = read;
            } catch (JsonParseException e) {
                throw new IOException(STATE + " cannot be read", e);
            }
        }
    }
}
