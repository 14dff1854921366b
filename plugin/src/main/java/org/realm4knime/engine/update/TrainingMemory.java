package org.realm4knime.engine.update;

import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.torch.Torch;

/** The memory of a training before its model is open and its texts are read, for a length that they may have. */
public final class TrainingMemory {

    private static final int ANY_PAD_ID = 0; // what fills rows up takes no memory

    private TrainingMemory() {}

    /**
     * Estimates the memory that a training takes beside the model's weights, without a teacher's distributions.
     *
     * @param config shape of the model
     * @param lora settings of the adapter; null if all weights are trained
     * @param microBatchSize most sequences computed at once; 0 for no limit
     * @param work lengths in tokens, and what else decides the memory
     * @return bytes, see {@link MemoryEstimate} for how good it is
     */
    public static long of(DecoderConfig config, @Nullable LoraSettings lora, int microBatchSize, Workload work) {
        long trained = lora == null ? config.parameterCount() : lora.parameterCount(config);
        // the weights beside an adapter stay as they are, and serve as their own reference
        int copies = lora == null ? (work.reference() ? 1 : 0) + (work.remembers() ? 1 : 0) : 0;
        Batcher batcher = Batcher.forModel(
                config, trained, microBatchSize, ANY_PAD_ID, Torch.device().isGpu() ? 0 : Torch.threads());
        MemoryEstimate.Work estimated = new MemoryEstimate.Work(
                trained,
                copies,
                work.shortest(),
                work.longest(),
                work.rows(),
                work.sharedPrompts(),
                work.writes(),
                null);
        return MemoryEstimate.of(config, estimated, batcher, false).total();
    }
}
