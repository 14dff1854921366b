package org.realm4knime.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

class PairedBootstrapTest {

    @Test
    void equalModelsDifferByNothing() {
        boolean[] a = {true, false, true};
        assertThat(PairedBootstrap.difference(a, a, 100, 1)).isEqualTo(new Difference(0, 0, 0));
    }

    /** Against the normal approximation: standard error = sqrt(variance of the paired differences / n). */
    @Test
    void intervalAgreesWithTheNormalApproximationForManyProblems() {
        Random random = new Random(3);
        int n = 2000;
        boolean[] a = new boolean[n];
        boolean[] b = new boolean[n];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            a[i] = random.nextDouble() < 0.8;
            b[i] = a[i] ? random.nextDouble() < 0.9 : random.nextDouble() < 0.2;
            double d = (a[i] ? 1 : 0) - (b[i] ? 1 : 0);
            sum += d;
            squares += d * d;
        }
        double mean = sum / n;
        double error = Math.sqrt((squares / n - mean * mean) / n);
        Difference difference = PairedBootstrap.difference(a, b, 10_000, 7);
        assertThat(difference.mean()).isCloseTo(mean, within(1e-12));
        assertThat(difference.low()).isCloseTo(mean - 1.96 * error, within(0.1 * error));
        assertThat(difference.high()).isCloseTo(mean + 1.96 * error, within(0.1 * error));
    }

    @Test
    void isRepeatable() {
        boolean[] a = {true, true, false, true};
        boolean[] b = {false, true, false, true};
        assertThat(PairedBootstrap.difference(a, b, 500, 9)).isEqualTo(PairedBootstrap.difference(a, b, 500, 9));
    }

    @Test
    void refusesResultsOfDifferentProblems() {
        assertThatThrownBy(() -> PairedBootstrap.difference(new boolean[2], new boolean[3], 10, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
