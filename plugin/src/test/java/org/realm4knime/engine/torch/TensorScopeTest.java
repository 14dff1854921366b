package org.realm4knime.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.junit.jupiter.api.Test;

class TensorScopeTest {

    /** A tensor that shares the memory sees the values, so they were written into it. */
    @Test
    void fillWritesIntoTheTensorsOwnMemory() {
        try (TensorScope scope = new TensorScope()) {
            NDArray tensor = scope.floats(new float[] {1, 2, 3, Float.NaN, 5, 6}, 2, 3);
            NDArray view = Torch.run(() -> scope.keep(tensor.get(new NDIndex("1"))));
            TensorScope.fill(tensor, new float[] {7, 8, 9, 10, 11, 12});
            assertThat(tensor.toFloatArray()).containsExactly(7, 8, 9, 10, 11, 12);
            assertThat(view.toFloatArray()).containsExactly(10, 11, 12);
        }
    }

    @Test
    void aScalarIsFilledToo() {
        try (TensorScope scope = new TensorScope()) {
            NDArray scalar = scope.zeros();
            TensorScope.fill(scalar, new float[] {4});
            assertThat(scalar.toFloatArray()).containsExactly(4);
            assertThat(scalar.getShape().dimension()).isZero();
        }
    }
}
