package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * The memory of gradients, kept from step to step: the system clears every page that it gives, which took 4 % of a
 * step that trains 135 million weights.
 */
final class GradientMemory implements AutoCloseable {

    private final List<NDArray> trained;
    private final List<List<NDArray>> ofWorkers = new ArrayList<>();
    private TensorScope scope = new TensorScope();

    /**
     * Prepares memory.
     *
     * @param trained what gets gradients
     */
    GradientMemory(List<NDArray> trained) {
        this.trained = trained;
    }

    /**
     * The argument {@code into} of the programs that compute gradients, for the first micro-batch of each worker: what
     * it gave in the last step, and nothing in the first. To be called by one thread at a time.
     */
    List<List<NDArray>> ofWorkers(int workers) {
        while (ofWorkers.size() < workers) {
            ofWorkers.add(none(scope, trained));
        }
        return ofWorkers;
    }

    /** The argument {@code into} for gradients that last as long as the call's result. */
    static List<NDArray> none(TensorScope call, List<NDArray> trained) {
        return Torch.run(() -> trained.stream()
                .map(tensor -> call.manager().create(new Shape(0), tensor.getDataType()))
                .toList());
    }

    /** Gives the memory back, for what needs it between two steps. */
    void release() {
        scope.close();
        scope = new TensorScope();
        ofWorkers.clear();
    }

    @Override
    public void close() {
        scope.close();
    }
}
