package org.realm4knime.engine.supervised;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.update.OptimizerSettings;

/**
 * Settings of {@link SupervisedTrainer}.
 *
 * @param run steps, seed and checkpoints
 * @param batchSize examples of a step, at least 1
 * @param microBatchSize most examples that are computed at once, which bounds memory and changes nothing else; 0 lets
 *     the trainer decide
 * @param optimizer optimizer and learning rate
 * @param lora settings of the adapter to train in place of the weights; null to train all weights
 * @param replayShare share of every batch that is drawn from the replayed examples, in [0, 1]
 */
public record SupervisedSettings(
        RunSettings run,
        int batchSize,
        int microBatchSize,
        OptimizerSettings optimizer,
        @Nullable LoraSettings lora,
        double replayShare) {

    /** 200 steps of 16 examples, a learning rate for a ready-made model, a quarter of each batch replayed. */
    public static final SupervisedSettings DEFAULT =
            new SupervisedSettings(RunSettings.of(200, 1), 16, 0, OptimizerSettings.of(2e-5), null, 0.25);

    /** Checks the values. */
    public SupervisedSettings {
        Objects.requireNonNull(run, "run");
        Settings.requireAtLeast(1, batchSize, "Batch size");
        Settings.requireAtLeast(0, microBatchSize, "Micro-batch size");
        Objects.requireNonNull(optimizer, "optimizer");
        Settings.requireShare(replayShare, "Replay share");
    }

    /**
     * Settings without replay and without checkpoints.
     *
     * @param steps optimizer steps, at least 1
     * @param batchSize examples of a step, at least 1
     * @param optimizer optimizer and learning rate
     * @param seed the same seed gives the same result
     * @return the settings
     */
    public static SupervisedSettings of(int steps, int batchSize, OptimizerSettings optimizer, long seed) {
        return new SupervisedSettings(RunSettings.of(steps, seed), batchSize, 0, optimizer, null, 0);
    }

    /** The same in another run. */
    public SupervisedSettings withRun(RunSettings other) {
        return new SupervisedSettings(other, batchSize, microBatchSize, optimizer, lora, replayShare);
    }
}
