package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.torch.TensorScope;

/** The moments that AdamW keeps of each parameter's gradient, and the number of updates they have seen. */
final class AdamState {

    private final TensorScope scope;
    private final List<NDArray> parameters;
    private @Nullable Moments moments;
    private int updates;

    private record Moments(List<NDArray> means, List<NDArray> squares, NDArray steps) {}

    /**
     * Moments of zero, which take no memory until they are asked for: who only computes gradients needs none.
     *
     * @param scope owner of the tensors
     * @param parameters the parameters that will be updated
     */
    AdamState(TensorScope scope, List<NDArray> parameters) {
        this.scope = scope;
        this.parameters = List.copyOf(parameters);
    }

    private Moments moments() {
        if (moments == null) {
            moments = new Moments(
                    parameters.stream().map(scope::zerosLike).toList(),
                    parameters.stream().map(scope::zerosLike).toList(),
                    scope.zeros());
        }
        return moments;
    }

    /** Running means of the gradients, in the order of the parameters. */
    List<NDArray> means() {
        return moments().means();
    }

    /** Running means of the squared gradients, in the order of the parameters. */
    List<NDArray> squares() {
        return moments().squares();
    }

    /** All tensors, as a checkpoint holds them: means, squares, number of updates that they have seen. */
    List<NDArray> all() {
        List<NDArray> all = new ArrayList<>(means());
        all.addAll(squares());
        all.add(steps());
        return all;
    }

    /** Forgets all gradients so far; the number of updates goes on, since random numbers depend on it. */
    void clear() {
        all().forEach(tensor -> TensorScope.fill(tensor, new float[Math.toIntExact(tensor.size())]));
    }

    /** Number of updates that the moments have seen, as a tensor, which the fused optimizer reads and raises. */
    NDArray steps() {
        return moments().steps();
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
