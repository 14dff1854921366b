package org.realm4knime.engine.model.gguf;

import java.nio.ByteBuffer;
import org.realm4knime.engine.model.WeightType;

/** Number formats of weights in GGUF files. */
public enum GgufType {
    /** IEEE single precision, as in memory. */
    F32(0, 0),
    /** IEEE half precision. */
    F16(1, 1),
    /** Blocks of 32 weights of one byte each, with a scale in half precision: 8.5 bits a weight. */
    Q8_0(8, 7),
    /** The upper half of single precision. */
    BF16(30, 32);

    private final int id;
    private final int fileType;

    GgufType(int id, int fileType) {
        this.id = id;
        this.fileType = fileType;
    }

    /** Number of the format in a tensor's description (ggml_type). */
    int id() {
        return id;
    }

    /** Number that says that most of a file's weights have this format (general.file_type, llama_ftype). */
    int fileType() {
        return fileType;
    }

    /** Whether rows of this many weights can have this format. */
    boolean fits(int columns) {
        return this != Q8_0 || columns % QuantizedBlock.WEIGHTS == 0;
    }

    /** Bytes of a row of this many weights. */
    long bytes(long columns) {
        return this == Q8_0 ? columns / QuantizedBlock.WEIGHTS * QuantizedBlock.BYTES : columns * plain().bytes();
    }

    /** Appends rows of weights, row by row, to a little-endian buffer. */
    void put(float[] weights, ByteBuffer to) {
        if (this == Q8_0) {
            for (int from = 0; from < weights.length; from += QuantizedBlock.WEIGHTS) {
                QuantizedBlock.put(weights, from, to);
            }
            return;
        }
        for (float weight : weights) {
            plain().put(to, weight);
        }
    }

    /** Reads weights that fill a little-endian buffer. */
    float[] get(ByteBuffer from) {
        if (this == Q8_0) {
            float[] weights = new float[from.limit() / QuantizedBlock.BYTES * QuantizedBlock.WEIGHTS];
            for (int at = 0; at < weights.length; at += QuantizedBlock.WEIGHTS) {
                QuantizedBlock.get(from, at / QuantizedBlock.WEIGHTS * QuantizedBlock.BYTES, weights, at);
            }
            return weights;
        }
        float[] weights = new float[from.limit() / plain().bytes()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = plain().get(from, i * plain().bytes());
        }
        return weights;
    }

    /** Magnitude from which on a weight of this format becomes infinite. */
    float bound() {
        float halfPrecision = 65520f;
        return switch (this) {
            case F16 -> halfPrecision;
            case Q8_0 -> halfPrecision * QuantizedBlock.LARGEST;
            case F32, BF16 -> Float.MAX_VALUE;
        };
    }

    static GgufType of(int id) {
        for (GgufType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        throw new IllegalArgumentException("tensors of the type " + id + " are not known here");
    }

    private WeightType plain() {
        return switch (this) {
            case F32 -> WeightType.FLOAT32;
            case F16 -> WeightType.FLOAT16;
            case BF16 -> WeightType.BFLOAT16;
            case Q8_0 -> throw new IllegalStateException("blocks have no plain format");
        };
    }
}
