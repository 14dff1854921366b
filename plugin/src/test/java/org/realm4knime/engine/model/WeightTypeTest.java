package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeightTypeTest {

    private final ByteBuffer buffer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);

    /** The definition of IEEE 754 binary16, computed in double precision. */
    @Test
    void readsEveryHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double magnitude = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024.0 + fraction, exponent - 25);
            if (exponent == 31) {
                magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            double expected = bits >> 15 == 0 ? magnitude : -magnitude;

            assertThat(Double.compare(read(WeightType.FLOAT16, bits), expected))
                    .as("bits %x", bits)
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightType.class,
            names = {"FLOAT16", "BFLOAT16"})
    void writesEveryValueOfItsFormatUnchanged(WeightType type) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = read(type, bits);
            if (!Float.isNaN(value)) {
                assertThat(write(type, value)).as("bits %x", bits).isEqualTo(bits);
            }
        }
    }

    /** Expected bits: by hand; ties go to the even neighbour. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT16, 2049, 0x6800", // halfway between 2048 and 2050
        "FLOAT16, 2051, 0x6802", // halfway between 2050 and 2052
        "FLOAT16, 0.33333334, 0x3555",
        "FLOAT16, 65519, 0x7bff", // nearest is the largest, 65504
        "FLOAT16, 65520, 0x7c00", // infinity
        "FLOAT16, 2.9802322e-8, 0x0000", // half the smallest
        "FLOAT16, 8.940697e-8, 0x0002", // one and a half times the smallest
        "FLOAT16, 6.1035153e-5, 0x0400", // just below the smallest normal number
        "FLOAT16, NaN, 0x7e00",
        "BFLOAT16, 1.00390625, 0x3f80", // halfway between 1 and 1 + 2^-7
        "BFLOAT16, 1.01171875, 0x3f82", // halfway between 1 + 2^-7 and 1 + 2^-6
        "BFLOAT16, -3.4028235e38, 0xff80", // rounds to infinity
        "BFLOAT16, NaN, 0x7fc0"
    })
    void roundsToNearestEven(WeightType type, float value, String bits) {
        assertThat(write(type, value)).isEqualTo(Integer.decode(bits));
    }

    @Test
    void singlePrecisionIsExact() {
        buffer.clear();
        WeightType.FLOAT32.put(buffer, 0.1f);

        assertThat(WeightType.FLOAT32.get(buffer, 0)).isEqualTo(0.1f);
    }

    private float read(WeightType type, int bits) {
        buffer.putShort(0, (short) bits);
        return type.get(buffer, 0);
    }

    private int write(WeightType type, float value) {
        buffer.clear();
        type.put(buffer, value);
        return buffer.getShort(0) & 0xffff;
    }
}
