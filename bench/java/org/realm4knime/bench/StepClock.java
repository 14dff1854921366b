package org.realm4knime.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.Progress;

/** Notes how long each step of a training takes, from the end of the one before to its own end. */
final class StepClock implements Progress {

    /** What a trainer says after a step; within the first step it says "Step 1 of 10: ..." instead. */
    private static final Pattern STEP_DONE = Pattern.compile("Step (\\d+) of \\d+,.*");

    private final IntConsumer afterStep;
    private final List<Double> seconds = new ArrayList<>();
    private long stepStart = System.nanoTime();

    /**
     * A clock that starts now.
     *
     * @param afterStep told the number of every step that ended
     */
    StepClock(IntConsumer afterStep) {
        this.afterStep = afterStep;
    }

    @Override
    public void report(double fraction, String message) {
        Matcher done = STEP_DONE.matcher(message);
        if (done.matches() && Integer.parseInt(done.group(1)) > seconds.size()) {
            long now = System.nanoTime();
            seconds.add((now - stepStart) / 1e9);
            afterStep.accept(seconds.size());
            stepStart = System.nanoTime();
        }
    }

    @Override
    public void checkCanceled() {
        // nobody cancels a measurement
    }

    /** Seconds of each step but the first ones. */
    List<Double> secondsAfter(int warmUp) {
        return List.copyOf(seconds.subList(warmUp, seconds.size()));
    }
}
