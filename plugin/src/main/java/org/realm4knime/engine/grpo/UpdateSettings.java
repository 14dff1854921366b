package org.realm4knime.engine.grpo;

import org.realm4knime.engine.Settings;

/**
 * How the completions of a step change the weights.
 *
 * @param miniBatches parts that the groups of a step are split into, each an update of its own, at least 1
 * @param epochs how often a step's groups are trained on, at least 1. With one mini-batch and one epoch the policy is
 *     the one that sampled, every probability ratio is 1 and nothing is clipped
 * @param maxStepKl largest divergence of the policy before an update from that after it, in nats per token: an update
 *     that moves it further is made smaller; 0 sets no bound
 * @param microBatchSize most completions that are computed at once, which bounds memory and changes nothing else; 0
 *     lets the trainer decide
 */
public record UpdateSettings(int miniBatches, int epochs, double maxStepKl, int microBatchSize) {

    /** One update per step, of at most 0.001 nats per token. */
    public static final UpdateSettings DEFAULT = new UpdateSettings(1, 1, 1e-3, 0);

    /** Checks the values. */
    public UpdateSettings {
        Settings.requireAtLeast(1, miniBatches, "Mini-batches");
        Settings.requireAtLeast(1, epochs, "Epochs of a step");
        Settings.requireNotNegative(maxStepKl, "Largest divergence of a step");
        Settings.requireAtLeast(0, microBatchSize, "Micro-batch size");
    }

    /** With so many updates per epoch, and epochs. */
    public UpdateSettings withUpdates(int perEpoch, int ofStep) {
        return new UpdateSettings(perEpoch, ofStep, maxStepKl, microBatchSize);
    }

    /** With another bound; 0 for none. */
    public UpdateSettings withMaxStepKl(double bound) {
        return new UpdateSettings(miniBatches, epochs, bound, microBatchSize);
    }

    /** With micro-batches of another size. */
    public UpdateSettings withMicroBatchSize(int size) {
        return new UpdateSettings(miniBatches, epochs, maxStepKl, size);
    }
}
