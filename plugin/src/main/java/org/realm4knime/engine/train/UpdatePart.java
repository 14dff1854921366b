package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.TensorScope;

/**
 * Micro-batches of an update that have the same loss.
 *
 * @param batches for each worker
 * @param kind tells their dropout from that of other parts; only the figures of kind 0 are those of the update
 * @param backward their gradients
 */
record UpdatePart(List<List<MicroBatch>> batches, int kind, Backward backward) {

    /** The gradients of one micro-batch. */
    interface Backward {

        /**
         * Returns the figures of {@code head_loss}, then the gradients.
         *
         * @param into memory for the gradients, see {@link GradientMemory}
         * @param progress asked, where there are several calls, whether to stop
         */
        List<NDArray> run(
                TensorScope call, List<NDArray> parameters, List<NDArray> into, MicroBatch batch, Progress progress)
                throws CanceledJobException;
    }

    List<MicroBatch> of(int worker) {
        return worker < batches.size() ? batches.get(worker) : List.of();
    }
}
