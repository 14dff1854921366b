package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LearningRateTest {

    private static OptimizerSettings settings(int warmup, LearningRateDecay decay) {
        return new OptimizerSettings(2e-3, 0, 0.9, 0.95, 1e-8, 1, warmup, decay, 0.1);
    }

    @Test
    void risesLinearlyDuringWarmUp() {
        OptimizerSettings settings = settings(4, LearningRateDecay.CONSTANT);
        assertThat(LearningRate.at(settings, 1, 10)).isCloseTo(0.5e-3, within(1e-12));
        assertThat(LearningRate.at(settings, 4, 10)).isCloseTo(2e-3, within(1e-12));
        assertThat(LearningRate.at(settings, 10, 10)).isCloseTo(2e-3, within(1e-12));
    }

    @Test
    void fallsAlongALine() {
        OptimizerSettings settings = settings(2, LearningRateDecay.LINEAR);
        // t = 4 / 8: halfway between 1 and 0.1
        assertThat(LearningRate.factor(settings, 6, 10)).isCloseTo(0.55, within(1e-12));
        assertThat(LearningRate.factor(settings, 10, 10)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void fallsAlongACosine() {
        OptimizerSettings settings = settings(0, LearningRateDecay.COSINE);
        // t = 1/4: 0.1 + 0.9 (1 + cos(pi / 4)) / 2
        assertThat(LearningRate.factor(settings, 2, 8)).isCloseTo(0.1 + 0.45 * 1.7071067811865475, within(1e-12));
        assertThat(LearningRate.factor(settings, 8, 8)).isCloseTo(0.1, within(1e-12));
    }

    /** Over random settings: it rises to the full rate, and from there never again, down to the final share. */
    @Test
    void neverRisesAfterItsWarmUp() {
        Random random = new Random(21);
        for (int trial = 0; trial < 1000; trial++) {
            int steps = random.nextInt(1, 200);
            int warmup = random.nextInt(0, steps);
            LearningRateDecay decay = LearningRateDecay.values()[random.nextInt(LearningRateDecay.values().length)];
            OptimizerSettings settings =
                    new OptimizerSettings(2e-3, 0, 0.9, 0.95, 1e-8, 1, warmup, decay, random.nextDouble());
            double before = 0;
            for (int step = 1; step <= steps; step++) {
                double factor = LearningRate.factor(settings, step, steps);
                if (step <= warmup) {
                    assertThat(factor).isGreaterThan(before).isLessThanOrEqualTo(1);
                } else {
                    double least = decay == LearningRateDecay.CONSTANT ? 1 : settings.finalRateFraction();
                    double most = step == warmup + 1 ? 1 : before;
                    assertThat(factor).isBetween(least - 1e-12, most + 1e-12);
                }
                before = factor;
            }
        }
    }

    @Test
    void bearsAWarmUpLongerThanTheTraining() {
        assertThat(LearningRate.factor(settings(20, LearningRateDecay.COSINE), 5, 5))
                .isEqualTo(0.25);
    }
}
