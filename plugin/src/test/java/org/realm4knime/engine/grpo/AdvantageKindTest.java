package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdvantageKindTest {

    private static final double[] REWARDS = {1, 0, 0, 1.1};
    private static final int[] LENGTHS = {10, 60, 20, 10};

    @Test
    void dividesByTheSampleDeviation() {
        // mean 0.525; deviations 0.475, -0.525, -0.525, 0.575; sum of squares 1.1075; sqrt(1.1075 / 3) = 0.6075908
        assertThat(AdvantageKind.GRPO.advantages(REWARDS, LENGTHS))
                .containsExactly(
                        new double[] {0.475 / 0.6076908, -0.525 / 0.6076908, -0.525 / 0.6076908, 0.575 / 0.6076908},
                        within(1e-6));
    }

    @Test
    void onlySubtractsTheMeanForDrGrpo() {
        assertThat(AdvantageKind.DR_GRPO.advantages(REWARDS, LENGTHS))
                .containsExactly(new double[] {0.475, -0.525, -0.525, 0.575}, within(1e-12));
    }

    @Test
    void subtractsTheMeanOfTheOthers() {
        // 1 - 1.1/3, 0 - 2.1/3, 0 - 2.1/3, 1.1 - 1/3
        assertThat(AdvantageKind.LEAVE_ONE_OUT.advantages(REWARDS, LENGTHS))
                .containsExactly(new double[] {1 - 1.1 / 3, -2.1 / 3, -2.1 / 3, 1.1 - 1.0 / 3}, within(1e-12));
    }

    @Test
    void aBaselineWeightedByLengthLeavesNoPullOnAllTokensTogether() {
        // (10 x 1 + 10 x 1.1) / 100 = 0.21
        double[] advantages = AdvantageKind.LENGTH_WEIGHTED.advantages(REWARDS, LENGTHS);
        assertThat(advantages).containsExactly(new double[] {0.79, -0.21, -0.21, 0.89}, within(1e-12));
        double pull = 0;
        for (int i = 0; i < advantages.length; i++) {
            pull += LENGTHS[i] * advantages[i];
        }
        assertThat(pull).isCloseTo(0, within(1e-12));
    }

    @Test
    void seesThatAGroupHasNoSignal() {
        assertThat(AdvantageKind.isWithoutSignal(new double[] {0.3, 0.3, 0.3})).isTrue();
        assertThat(AdvantageKind.isWithoutSignal(new double[] {0.3, 0.3, 0.4})).isFalse();
        assertThat(AdvantageKind.GRPO.advantages(new double[] {0.3, 0.3}, new int[] {5, 9}))
                .containsOnly(0);
    }
}
