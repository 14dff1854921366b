package org.realm4knime.engine.train;

import java.nio.file.Path;
import java.util.Objects;
import org.realm4knime.engine.model.LoraSettings;

/**
 * Settings of {@link SupervisedTrainer}.
 *
 * @param steps optimizer steps, at least 1
 * @param batchSize examples a step, at least 1
 * @param microBatchSize most examples that are computed at once, which bounds memory and changes nothing else; 0 lets
 *     the trainer decide
 * @param optimizer optimizer and learning rate
 * @param lora settings of the adapter to train in place of the weights; null to train all weights
 * @param replayShare share of every batch that is drawn from the replayed examples, in [0, 1]
 * @param seed the same seed gives the same result
 * @param checkpointFolder folder for checkpoints, or null for none
 * @param checkpointEvery steps from one checkpoint to the next; 0 writes one only when the training is canceled
 */
public record SupervisedSettings(
        int steps,
        int batchSize,
        int microBatchSize,
        OptimizerSettings optimizer,
        LoraSettings lora,
        double replayShare,
        long seed,
        Path checkpointFolder,
        int checkpointEvery) {

    /** Checks the values. */
    public SupervisedSettings {
        Settings.requireAtLeast(1, steps, "Steps");
        Settings.requireAtLeast(1, batchSize, "Batch size");
        Settings.requireAtLeast(0, microBatchSize, "Micro-batch size");
        Objects.requireNonNull(optimizer, "optimizer");
        Settings.requireShare(replayShare, "Replay share");
        Settings.requireAtLeast(0, checkpointEvery, "Steps between checkpoints");
    }

    /**
     * Settings without replay and without checkpoints.
     *
     * @param steps optimizer steps, at least 1
     * @param batchSize examples a step, at least 1
     * @param optimizer optimizer and learning rate
     * @param seed the same seed gives the same result
     * @return the settings
     */
    public static SupervisedSettings of(int steps, int batchSize, OptimizerSettings optimizer, long seed) {
        return new SupervisedSettings(steps, batchSize, 0, optimizer, null, 0, seed, null, 0);
    }
}
