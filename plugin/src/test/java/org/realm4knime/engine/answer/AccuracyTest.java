package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyTest {

    /** The Wilson formula written out: (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). */
    @ParameterizedTest
    @CsvSource({"1, 2", "7, 10", "360, 600", "599, 600", "3, 400"})
    void intervalIsWilsons(int correct, int total) {
        double z = 1.959963984540054;
        double p = (double) correct / total;
        double middle = p + z * z / (2 * total);
        double half = z * Math.sqrt(p * (1 - p) / total + z * z / (4.0 * total * total));
        Accuracy accuracy = new Accuracy(correct, total);
        assertThat(accuracy.value()).isEqualTo(p);
        assertThat(accuracy.low()).isCloseTo((middle - half) / (1 + z * z / total), within(1e-9));
        assertThat(accuracy.high()).isCloseTo((middle + half) / (1 + z * z / total), within(1e-9));
    }

    @Test
    void noneAndAllStayWithinZeroAndOne() {
        assertThat(new Accuracy(0, 50).low()).isZero();
        assertThat(new Accuracy(0, 50).high()).isBetween(0.0, 0.1);
        assertThat(new Accuracy(50, 50).high()).isOne();
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatThrownBy(() -> new Accuracy(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Accuracy(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
