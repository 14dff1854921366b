package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossKindTest {

    // three rollouts of 2, 5 and 3 tokens, at most 8 allowed
    private static final int[] LENGTHS = {2, 5, 3};

    @Test
    void weighsEveryTokenTheSame() {
        assertThat(LossKind.TOKEN.tokenScale(2, 10, 3, 8)).isEqualTo(0.1);
        assertThat(sum(LossKind.TOKEN)).isCloseTo(1, within(1e-12));
    }

    @Test
    void weighsEveryCompletionTheSame() {
        assertThat(LossKind.SEQUENCE.tokenScale(5, 10, 3, 8)).isCloseTo(1 / 15.0, within(1e-12));
        assertThat(sum(LossKind.SEQUENCE)).isCloseTo(1, within(1e-12));
    }

    @Test
    void dividesByTheLongestAllowed() {
        assertThat(LossKind.CONSTANT.tokenScale(5, 10, 3, 8)).isEqualTo(1 / 24.0);
        assertThat(sum(LossKind.CONSTANT)).isCloseTo(10 / 24.0, within(1e-12));
    }

    private static double sum(LossKind kind) {
        double sum = 0;
        for (int length : LENGTHS) {
            sum += length * kind.tokenScale(length, 10, LENGTHS.length, 8);
        }
        return sum;
    }
}
