package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /**
     * Over random groups of every kind: advantages sum to 0, keep the order of the rewards, do not change with what is
     * added to all rewards, go with their completions wherever these stand, and are all 0 where there is no signal.
     */
    @ParameterizedTest
    @EnumSource
    void whatHoldsForAllGroups(AdvantageKind kind) {
        Random random = new Random(21);
        for (int trial = 0; trial < 2000; trial++) {
            int size = random.nextInt(2, 12);
            double[] rewards = random.doubles(size)
                    .map(reward -> random.nextBoolean() ? reward : Math.rint(reward))
                    .toArray();
            int[] lengths = random.ints(size, 1, 300).toArray();
            double[] advantages = kind.advantages(rewards, lengths);

            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += advantages[i] * (kind == AdvantageKind.LENGTH_WEIGHTED ? lengths[i] : 1);
                for (int j = 0; j < size; j++) {
                    assertThat(Double.compare(advantages[i], advantages[j]))
                            .isEqualTo(Double.compare(rewards[i], rewards[j]));
                }
            }
            assertThat(sum).isCloseTo(0, within(1e-6 * size));
            double[] shifted = Arrays.stream(rewards).map(reward -> reward + 3).toArray();
            assertThat(kind.advantages(shifted, lengths)).containsExactly(advantages, within(1e-6));
            assertThat(kind.advantages(reversed(rewards), reversed(lengths)))
                    .containsExactly(reversed(advantages), within(1e-9));
            double[] same = new double[size];
            Arrays.fill(same, rewards[0]);
            assertThat(kind.advantages(same, lengths)).containsOnly(new double[] {0}, within(1e-9));
        }
    }

    private static double[] reversed(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[values.length - 1 - i])
                .toArray();
    }

    private static int[] reversed(int[] values) {
        return IntStream.range(0, values.length)
                .map(i -> values[values.length - 1 - i])
                .toArray();
    }
}
