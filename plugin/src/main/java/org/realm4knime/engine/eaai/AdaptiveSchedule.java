package org.realm4knime.engine.eaai;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.realm4knime.engine.EngineException;

/**
 * A schedule that waits for the model. It holds its rate until the mean reward of the last {@code window} steps <em>at
 * that rate</em> reaches the threshold, then lowers it by the decrement and starts to count anew, so that no reward won
 * with more help counts for less. A ceiling, another schedule, bounds it from above; a ceiling that falls to 0 is its
 * deadline.
 *
 * <p>It has a state, which depends on the rewards alone: a training that is resumed tells a fresh schedule those of its
 * log. Not safe for use by several threads at once.
 */
public final class AdaptiveSchedule implements InductionSchedule {

    private final InductionSchedule ceiling;
    private final double threshold;
    private final double decrement;
    private final int window;
    private final Deque<Double> rewards = new ArrayDeque<>();
    private double level;

    AdaptiveSchedule(InductionSchedule ceiling, double threshold, double decrement, int window) {
        if (!Double.isFinite(threshold)) {
            throw new EngineException(
                    "The threshold of the adaptive schedule is " + threshold + ". Give the mean reward to hold.");
        }
        if (!(decrement > 0 && decrement <= 1)) {
            throw new EngineException(
                    "The decrement of the adaptive schedule is " + decrement + ". Give a number above 0 and up to 1.");
        }
        if (window < 1) {
            throw new EngineException("The window of the adaptive schedule is " + window + " steps. Give at least 1.");
        }
        this.ceiling = ceiling;
        this.threshold = threshold;
        this.decrement = decrement;
        this.window = window;
        this.level = ceiling.rate(0);
    }

    @Override
    public double rate(double progress) {
        return Math.min(level, ceiling.rate(progress));
    }

    @Override
    public void observe(double reward) {
        if (Double.isNaN(reward)) {
            return;
        }
        rewards.add(reward);
        if (rewards.size() > window) {
            rewards.remove();
        }
        if (rewards.size() == window && mean() >= threshold) {
            // a rate that rounding left just above 0 would still show a route now and then
            level = level - decrement < 1e-9 ? 0 : level - decrement;
            rewards.clear();
        }
    }

    private double mean() {
        return rewards.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    @Override
    public List<Double> breaks() {
        return ceiling.breaks();
    }

    /** {@inheritDoc} The guidance of the points is the ceiling: the most the rate may be. */
    @Override
    public List<SchedulePoint> points(int samples) {
        return ceiling.points(samples).stream()
                .map(point -> new SchedulePoint(point.progress(), point.guidance(), threshold, decrement, window))
                .toList();
    }
}
