package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reading and the forward pass against transformers: directories and expected values are made by
 * bench/golden/models.py.
 */
class GoldenModelTest {

    static Stream<String> names() {
        return GoldenModel.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void logitsAndLogProbabilitiesAreThoseOfTransformers(String name) {
        GoldenModel golden = GoldenModel.of(name);
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory(name))) {
            float[][][] logits = DecoderTest.logits(model, golden.ids());

            float[][] row = logits[golden.logitsRow()];
            for (int i = 0; i < golden.logits().length; i++) {
                assertThat(row[golden.logitsFrom() + i])
                        .as("position %d", golden.logitsFrom() + i)
                        .containsExactly(golden.logits()[i], within(1e-4f));
            }
            for (int i = 0; i < logits.length; i++) {
                assertThat(logProbs(logits[i], golden.ids()[i]))
                        .as(golden.texts().get(i))
                        .containsExactly(golden.logProbs()[i], within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void tokensAndEndTokensAreThoseOfTransformers(String name) {
        GoldenModel golden = GoldenModel.of(name);
        TextTokenizer tokenizer = TextTokenizer.read(GoldenModel.directory(name));

        for (int i = 0; i < golden.ids().length; i++) {
            String text = golden.texts().get(i);
            assertThat(tokenizer.encode(text)).containsExactly(golden.ids()[i]);
            assertThat(tokenizer.decode(golden.ids()[i])).isEqualTo(text);
        }
        assertThat(tokenizer.stopIds()).containsExactly(golden.stopIds());
    }

    /** Log-probability of each token but the first, from the logits before it. */
    private static float[] logProbs(float[][] logits, int[] ids) {
        float[] logProbs = new float[ids.length - 1];
        for (int t = 0; t < logProbs.length; t++) {
            float[] row = logits[t];
            double max = Arrays.stream(toDoubles(row)).max().orElseThrow();
            double sum =
                    Arrays.stream(toDoubles(row)).map(v -> Math.exp(v - max)).sum();
            logProbs[t] = (float) (row[ids[t + 1]] - max - Math.log(sum));
        }
        return logProbs;
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
