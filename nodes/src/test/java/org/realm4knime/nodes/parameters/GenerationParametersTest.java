package org.realm4knime.nodes.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.generate.SamplingSettings;

class GenerationParametersTest {

    private final GenerationParameters parameters = new GenerationParameters(0.8);

    @Test
    void theDefaultsDrawFromAllTokens() {
        assertThat(parameters.sampling()).isEqualTo(SamplingSettings.sample(512, 0.8, 1));
    }

    @Test
    void everySettingReachesTheEngine() {
        parameters.topK = 5;
        parameters.topP = 0.9;
        parameters.minP = 0.05;
        parameters.seed = 7;
        parameters.stopStrings = "Question:\n\n\\n\\n\r\n###";

        assertThat(parameters.sampling())
                .isEqualTo(new SamplingSettings(512, 0.8, 5, 0.9, 0.05, 7, List.of("Question:", "\n\n", "###")));
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertThatCode(parameters::check).doesNotThrowAnyException();
        assertRefused(p -> p.maxNewTokens = 0, "Maximum new tokens is 0");
        assertRefused(p -> p.temperature = Double.NaN, "Temperature is NaN");
        assertRefused(p -> p.topK = -1, "Top k is -1");
        assertRefused(p -> p.topP = 0, "Top p is 0.0");
        assertRefused(p -> p.topP = 1.5, "Top p is 1.5");
        assertRefused(p -> p.minP = -0.1, "Min p is -0.1");
        assertRefused(p -> p.batchSize = 0, "Answers written at once is 0");
    }

    private static void assertRefused(Consumer<GenerationParameters> change, String message) {
        GenerationParameters changed = new GenerationParameters(1);
        change.accept(changed);
        assertThatThrownBy(changed::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }
}
