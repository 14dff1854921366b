package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.realm4knime.engine.torch.TensorScope;

/** Values of float32 tensors as they are sent: a piece for each tensor, in little-endian order. */
final class FloatBytes {

    private FloatBytes() {}

    /** The values of tensors. */
    static List<byte[]> of(List<NDArray> tensors) {
        return tensors.stream().map(tensor -> bytes(tensor.toFloatArray())).toList();
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** The values of a piece. */
    static float[] values(byte[] piece) {
        float[] values = new float[piece.length / Float.BYTES];
        ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** Makes the values those of tensors. */
    static void set(List<byte[]> pieces, List<NDArray> tensors) {
        for (int i = 0; i < tensors.size(); i++) {
            TensorScope.fill(tensors.get(i), values(pieces.get(i)));
        }
    }
}
