package org.realm4knime.engine.model.gguf;

import java.nio.ByteBuffer;
import org.realm4knime.engine.model.WeightType;

/**
 * Q8_0: 32 weights as signed bytes q with one scale d in half precision, weight = d q. The scale is the largest
 * magnitude over 127; each weight over that, before its own rounding, is rounded to the nearest whole number, halves
 * away from zero. These are the numbers of ggml's reference.
 */
final class QuantizedBlock {

    /** Weights of a block. */
    static final int WEIGHTS = 32;
    /** Bytes of a block. */
    static final int BYTES = 2 + WEIGHTS;
    /** Largest magnitude of a quantised weight. */
    static final int LARGEST = 127;

    private QuantizedBlock() {}

    static void put(float[] weights, int from, ByteBuffer to) {
        float most = 0;
        for (int i = from; i < from + WEIGHTS; i++) {
            most = Math.max(most, Math.abs(weights[i]));
        }
        float scale = most / LARGEST;
        float inverse = scale == 0 ? 0 : 1 / scale;
        WeightType.FLOAT16.put(to, scale);
        for (int i = from; i < from + WEIGHTS; i++) {
            to.put((byte) rounded(weights[i] * inverse));
        }
    }

    private static int rounded(float value) {
        int magnitude = (int) (Math.abs((double) value) + 0.5); // exact in double precision
        return value < 0 ? -magnitude : magnitude;
    }

    static void get(ByteBuffer from, int at, float[] weights, int to) {
        float scale = WeightType.FLOAT16.get(from, at);
        for (int i = 0; i < WEIGHTS; i++) {
            weights[to + i] = scale * from.get(at + 2 + i);
        }
    }
}
