package org.realm4knime.engine.model;

import java.nio.ByteBuffer;

/** Number formats of weights on disk. In memory, weights are float32. */
public enum WeightType {
    /** IEEE single precision. */
    FLOAT32("F32", "float32", 4),
    /** IEEE half precision. */
    FLOAT16("F16", "float16", 2),
    /** The upper half of single precision: its range with 8 bits of precision. */
    BFLOAT16("BF16", "bfloat16", 2);

    private final String safetensorsName;
    private final String torchName;
    private final int bytes;

    WeightType(String safetensorsName, String torchName, int bytes) {
        this.safetensorsName = safetensorsName;
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** Name in the header of a safetensors file. */
    String safetensorsName() {
        return safetensorsName;
    }

    /** Name in config.json. */
    String torchName() {
        return torchName;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Reads one value at a byte position of a little-endian buffer. */
    public float get(ByteBuffer from, int at) {
        return switch (this) {
            case FLOAT32 -> from.getFloat(at);
            case FLOAT16 -> halfToFloat(from.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(from.getShort(at) << 16);
        };
    }

    /** Appends one value, rounded to nearest even, to a little-endian buffer. */
    public void put(ByteBuffer to, float value) {
        switch (this) {
            case FLOAT32 -> to.putFloat(value);
            case FLOAT16 -> to.putShort(floatToHalf(value));
            case BFLOAT16 -> to.putShort(floatToBfloat(value));
        }
    }

    private static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) { // zero and subnormals: fraction * 2^-24
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        if (exponent == 0x1f) { // infinity and NaN
            return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }

    private static short floatToHalf(float value) {
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 65520f) { // halfway to the first value beyond the range
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x1p-14f) { // subnormal: whole multiples of 2^-24
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int bits = Float.floatToRawIntBits(magnitude) - (112 << 23);
        return (short) (sign | roundOff(bits, 13));
    }

    private static short floatToBfloat(float value) {
        if (Float.isNaN(value)) {
            return 0x7fc0;
        }
        return (short) roundOff(Float.floatToRawIntBits(value), 16);
    }

    /** Drops the lowest bits, rounding to nearest and ties to even. */
    private static int roundOff(int bits, int drop) {
        int lowestKept = (bits >>> drop) & 1;
        return (bits + (1 << (drop - 1)) - 1 + lowestKept) >>> drop;
    }
}
