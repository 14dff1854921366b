package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsualRatesTest {

    @ParameterizedTest
    @CsvSource({
        "915584, false, false, 5e-4, 2e-4, 1e-4",
        "915584, true, false, 1e-3, 2e-4, 1e-4",
        "134515008, false, false, 5e-5, 1e-5, 2e-5",
        "134515008, false, true, 5e-4, 1e-4, 2e-4",
        "1543714304, false, false, 2e-5, 2e-6, 4e-6",
        "1543714304, false, true, 2e-4, 2e-5, 4e-5"
    })
    void followSizeAndWhatIsTrained(
            long weights, boolean untrained, boolean adapter, double supervised, double policy, double internalised) {
        UsualRates rates = UsualRates.of(weights, untrained, adapter);

        assertThat(rates.supervised()).isCloseTo(supervised, within(supervised));
        assertThat(rates.policy()).isCloseTo(policy, within(policy));
        assertThat(rates.internalisation()).isCloseTo(internalised, within(internalised));
    }

    private static org.assertj.core.data.Offset<Double> within(double value) {
        return org.assertj.core.data.Offset.offset(1e-9 * value);
    }

    @Test
    void aLargerModelNeverGetsLargerSteps() {
        for (boolean untrained : new boolean[] {true, false}) {
            for (boolean adapter : new boolean[] {true, false}) {
                UsualRates smaller = UsualRates.of(1, untrained, adapter);
                for (long weights = 10; weights < 100_000_000_000L; weights *= 10) {
                    UsualRates rates = UsualRates.of(weights, untrained, adapter);
                    assertThat(rates.supervised()).isLessThanOrEqualTo(smaller.supervised());
                    assertThat(rates.policy()).isLessThanOrEqualTo(smaller.policy());
                    assertThat(rates.internalisation()).isLessThanOrEqualTo(smaller.internalisation());
                    smaller = rates;
                }
            }
        }
    }

    @Test
    void aSettingAboveZeroStands() {
        assertThat(UsualRates.chosen(0.003, 0.1)).isEqualTo(0.003);
        assertThat(UsualRates.chosen(0, 0.1)).isEqualTo(0.1);
    }
}
