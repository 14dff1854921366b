package org.realm4knime.engine.update;

import java.util.List;

/**
 * How far a step may move the policy.
 *
 * @param sampled completions to measure it on, sampled by the policy before the step; empty for no bound
 * @param temperature temperature at which they were sampled
 * @param largest largest mean divergence KL(before || after), in nats per token, above 0
 */
public record StepBound(List<TrainingSequence> sampled, double temperature, double largest) {

    /** A step may move the policy as far as it does. */
    public static final StepBound NONE = new StepBound(List.of(), 1, Double.POSITIVE_INFINITY);

    /** Copies the list. */
    public StepBound {
        sampled = List.copyOf(sampled);
    }
}
