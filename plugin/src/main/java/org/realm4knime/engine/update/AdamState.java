package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.torch.TensorScope;

/** The moments that AdamW keeps of each parameter's gradient, and the number of updates they have seen. */
final class AdamState {

    private final List<NDArray> means;
    private final List<NDArray> squares;
    private final NDArray steps;
    private int updates;

    /**
     * Moments of zero.
     *
     * @param scope owner of the tensors
     * @param parameters the parameters that will be updated
     */
    AdamState(TensorScope scope, List<NDArray> parameters) {
        means = parameters.stream().map(scope::zerosLike).toList();
        squares = parameters.stream().map(scope::zerosLike).toList();
        steps = scope.zeros();
    }

    /** Running means of the gradients, in the order of the parameters. */
    List<NDArray> means() {
        return means;
    }

    /** Running means of the squared gradients, in the order of the parameters. */
    List<NDArray> squares() {
        return squares;
    }

    /** All tensors, as a checkpoint holds them: means, squares, number of updates that they have seen. */
    List<NDArray> all() {
        List<NDArray> all = new ArrayList<>(means);
        all.addAll(squares);
        all.add(steps);
        return all;
    }

    /** Forgets all gradients so far; the number of updates goes on, since random numbers depend on it. */
    void clear() {
        all().forEach(tensor -> tensor.set(new float[Math.toIntExact(tensor.size())]));
    }

    /** Number of updates that the moments have seen, as a tensor, which the fused optimizer reads and raises. */
    NDArray steps() {
        return steps;
    }

    /** Number of updates. */
    int updates() {
        return updates;
    }

    void countUpdate() {
        updates++;
    }

    /** Sets the number of updates, after the tensors were read from a checkpoint. */
    void restore(int updatesSeen) {
        updates = updatesSeen;
    }
}
