package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RopeScalingTest {

    /** Frequencies of Llama 3.2 1B, computed in Python by the wavelength form of the published code. */
    @ParameterizedTest
    @CsvSource({
        "0, 1.0",
        "5, 0.12868737343265052",
        "14, 0.0032114459947525913",
        "15, 0.001290547928209264",
        "16, 0.00042955679655936815",
        "17, 9.70828780262767e-05",
        "18, 1.9461638184831125e-05",
        "31, 9.418306725434909e-08"
    })
    void scalesTheFrequenciesOfLlama3(int pair, double expected) {
        double frequency = Math.pow(500_000, -pair / 32.0);

        assertThat(new RopeScaling.Llama3(32, 1, 4, 8192).scale(frequency, pair))
                .isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void linearScalingDividesByTheFactor() {
        assertThat(new RopeScaling.Linear(4).scale(0.5, 3)).isEqualTo(0.125);
    }
}
