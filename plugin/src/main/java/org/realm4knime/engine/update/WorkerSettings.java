package org.realm4knime.engine.update;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.model.LoraSettings;

/**
 * How a worker trains.
 *
 * @param optimizer constants of the optimizer
 * @param lora settings of the adapter to train in place of the weights; null to train all weights
 * @param microBatchSize most sequences that are computed at once, which bounds memory and changes nothing else; 0 lets
 *     the worker decide
 * @param seed of an adapter's start values and dropout
 */
public record WorkerSettings(OptimizerSettings optimizer, @Nullable LoraSettings lora, int microBatchSize, long seed)
        implements Serializable {

    /** Checks the values. */
    public WorkerSettings {
        Objects.requireNonNull(optimizer, "optimizer");
        Settings.requireAtLeast(0, microBatchSize, "Micro-batch size");
    }
}
