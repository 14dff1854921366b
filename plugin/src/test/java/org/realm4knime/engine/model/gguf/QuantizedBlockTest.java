package org.realm4knime.engine.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Q8_0 against what the quantiser of the Python package gguf made: bench/golden/gguf_bytes.py prints it. */
class QuantizedBlockTest {

    private static final float[] TIES = {0.5f, -1.25f, 3.999f, 127, -127, 0.4999f, 1.5f, 2.5f, -0.5f, -1.5f};

    @Test
    void halvesAreRoundedAwayFromZero() {
        float[] weights = new float[QuantizedBlock.WEIGHTS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i < TIES.length ? TIES[i] : (float) ((i - TIES.length) * 0.37 - 4);
        }
        assertThat(hex(weights)).isEqualTo("003c01ff047f81000203fffefcfcfdfdfdfefeffffff000000010102020203030304");
    }

    @Test
    void theScaleIsThatOfTheLargestWeight() {
        float[] weights = new float[QuantizedBlock.WEIGHTS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (1e-3 * (i * 7919 % 97 - 48));
        }
        assertThat(hex(weights)).isEqualTo("310e8125c86c10b357fb9e42e6892dd07418bb5f03a64aed9135d87c20c3670bae52");

        float[] back = GgufType.Q8_0.get(
                ByteBuffer.wrap(HexFormat.of().parseHex(hex(weights))).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(back).containsExactly(weights, within(0.048f / 127));
    }

    @Test
    void zerosStayZeros() {
        assertThat(hex(new float[QuantizedBlock.WEIGHTS])).isEqualTo("00".repeat(QuantizedBlock.BYTES));
    }

    private static String hex(float[] weights) {
        ByteBuffer bytes = ByteBuffer.allocate(QuantizedBlock.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        GgufType.Q8_0.put(weights, bytes);
        return HexFormat.of().formatHex(bytes.array());
    }
}
