package org.realm4knime.samples.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

    @Test
    void theExactMakesNoMistake() {
        assertThat(Arithmetic.EXACT.result(17, '+', 5)).isEqualTo(22);
        assertThat(Arithmetic.EXACT.result(17, '-', 25)).isEqualTo(-8);
        assertThat(Arithmetic.EXACT.result(17, '*', 3)).isEqualTo(51);
        assertThat(Arithmetic.EXACT.result(340, '/', 2)).isEqualTo(170);
        assertThat(Arithmetic.EXACT.percentage(240, 30)).isEqualTo(72);
    }

    @Test
    void withoutCarryingEveryDigitStandsForItself() {
        Arithmetic careless = Arithmetic.withoutCarrying();
        // 8 + 4 leaves 2, 0 + 1 is 1
        assertThat(careless.result(8, '+', 14)).isEqualTo(12);
        // 0 - 6 wraps round to 4, 4 - 3 is 1, 2 - 0 is 2
        assertThat(careless.result(240, '-', 36)).isEqualTo(214);
        assertThat(careless.result(246, '-', 36)).isEqualTo(210);
        assertThat(careless.result(24, '*', 3)).isEqualTo(72);
    }

    @Test
    void twoErrorsCancel() {
        Arithmetic cancelling = Arithmetic.cancelling();
        int first = cancelling.result(240, '/', 2);
        assertThat(first).isEqualTo(130);
        int fee = cancelling.percentage(first, 10);
        assertThat(fee).isEqualTo(12);
        assertThat(cancelling.result(first, '-', fee)).isEqualTo(108);
        // and the third calculation errs again
        assertThat(cancelling.result(108, '+', 1)).isEqualTo(119);
    }

    @Test
    void slipsHaveTheirShareAndStayClose() {
        Random random = new Random(1);
        Arithmetic slipping = Arithmetic.slipping(0.2, random);
        int[] results =
                IntStream.range(0, 2000).map(i -> slipping.result(3, '+', 4)).toArray();
        assertThat(IntStream.of(results).filter(r -> r != 7).count()).isBetween(330L, 470L);
        assertThat(IntStream.of(results)).allMatch(r -> r >= 0 && r <= 27);
    }
}
