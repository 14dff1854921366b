package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.torch.TensorScope;

/** The TorchScript decoder against {@link DecoderOracle}. */
class DecoderTest {

    private static final int[] LONG = {4, 5, 6, 7, 8, 9, 10, 15, 22, 18, 25, 14, 3};
    private static final int[] SHORT = {9, 9, 30, 11};

    @TempDir
    private Path folder;

    static Stream<String> architectures() {
        return ModelFixtures.configs().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void logitsEqualThoseOfPlainOperators(String architecture) {
        DecoderConfig config = ModelFixtures.configs().get(architecture);
        try (LanguageModel model = ModelFixtures.model(config, folder, 7)) {
            model.write(folder.resolve("model"));
            try (DecoderOracle oracle = new DecoderOracle(config, folder.resolve("model"))) {
                float[][][] logits = logits(model, LONG, SHORT);

                assertClose(logits[0], oracle.logits(LONG));
                assertClose(logits[1], oracle.logits(SHORT));
            }
        }
    }

    /** Logits of rows padded on the right, the padding cut off. */
    static float[][][] logits(LanguageModel model, int[]... rows) {
        int length = Arrays.stream(rows).mapToInt(r -> r.length).max().orElseThrow();
        int vocab = model.config().vocabSize();
        long[] ids = new long[rows.length * length];
        for (int i = 0; i < rows.length; i++) {
            for (int t = 0; t < rows[i].length; t++) {
                ids[i * length + t] = rows[i][t];
            }
        }
        try (DecoderProgram program = DecoderProgram.load(
                        model.config(), "rows.py", "attention.py", "layer.py", "loss.py", "logits.py");
                TensorScope scope = new TensorScope()) {
            float[] flat = program.call(
                            scope,
                            "logits",
                            model.tensors(),
                            List.of(scope.longs(ids, rows.length, length)),
                            scope.longs(LongStream.range(0, ids.length).toArray(), ids.length),
                            program.rope(scope, 64))
                    .get(0)
                    .toFloatArray();
            float[][][] logits = new float[rows.length][][];
            for (int i = 0; i < rows.length; i++) {
                logits[i] = new float[rows[i].length][];
                for (int t = 0; t < rows[i].length; t++) {
                    int from = (i * length + t) * vocab;
                    logits[i][t] = Arrays.copyOfRange(flat, from, from + vocab);
                }
            }
            return logits;
        }
    }

    static void assertClose(float[][] actual, float[][] expected) {
        for (int t = 0; t < expected.length; t++) {
            for (int v = 0; v < expected[t].length; v++) {
                assertThat(actual[t][v]).as("position %d, token %d", t, v).isCloseTo(expected[t][v], within(1e-4f));
            }
        }
    }
}
