package org.realm4knime.engine.supervised;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
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
 * @param epochs how often every example is seen, which decides the steps in the place of those of the run; 0 for as
 *     many steps as the run has
 */
public record SupervisedSettings(
        RunSettings run,
        int batchSize,
        int microBatchSize,
        OptimizerSettings optimizer,
        @Nullable LoraSettings lora,
        double replayShare,
        double epochs) {

    /** 200 steps of 16 examples, a learning rate for a ready-made model, a quarter of each batch replayed. */
    public static final SupervisedSettings DEFAULT =
            new SupervisedSettings(RunSettings.of(200, 1), 16, 0, OptimizerSettings.of(2e-5), null, 0.25, 0);

    /** Checks the values. */
    public SupervisedSettings {
        Objects.requireNonNull(run, "run");
        Settings.requireAtLeast(1, batchSize, "Batch size");
        Settings.requireAtLeast(0, microBatchSize, "Micro-batch size");
        Objects.requireNonNull(optimizer, "optimizer");
        Settings.requireShare(replayShare, "Replay share");
        Settings.requireNotNegative(epochs, "Epochs");
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
        return new SupervisedSettings(RunSettings.of(steps, seed), batchSize, 0, optimizer, null, 0, 0);
    }

    /** The same in another run. */
    public SupervisedSettings withRun(RunSettings other) {
        return new SupervisedSettings(other, batchSize, microBatchSize, optimizer, lora, replayShare, epochs);
    }

    /** Replayed examples of a step where there are any: at least one example of a batch is always new. */
    int replayedPerStep() {
        return Math.min((int) Math.round(replayShare * batchSize), batchSize - 1);
    }

    /** The same with the steps that its epochs come to, the last one begun being ended; unchanged without epochs. */
    SupervisedSettings planned(int examples, boolean replays) {
        if (epochs == 0) {
            return this;
        }
        int fresh = batchSize - (replays ? replayedPerStep() : 0);
        double steps = Math.max(1, Math.ceil(epochs * examples / fresh));
        if (steps > Integer.MAX_VALUE) {
            throw new EngineException("%s epochs of %,d examples are more steps than a training can have. Give fewer"
                            .formatted(epochs, examples)
                    + " epochs.");
        }
        return withRun(run.withSteps((int) steps));
    }
}
