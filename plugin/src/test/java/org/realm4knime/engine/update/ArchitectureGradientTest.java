package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.torch.TensorScope;

/**
 * The backward pass that layer.py writes out, in float64, against central differences: every tensor of every
 * architecture.
 */
class ArchitectureGradientTest {

    private static final List<TrainingSequence> SEQUENCES = List.of(
            TrainingSequence.taught(new int[] {2, 12, 4, 14}, new int[] {13, 6}, 0.2),
            TrainingSequence.taught(new int[] {7, 12, 2}, new int[] {14, 13, 9}, 0.1),
            TrainingSequence.taught(new int[] {2, 12, 4, 14}, new int[] {5}, 0.3));
    private static final double STEP = 1e-5;

    @TempDir
    private Path folder;

    /** Attention is fused for prompts of four tokens and rows of six, or for none. */
    static Stream<Arguments> cases() {
        return ModelFixtures.configs().keySet().stream().flatMap(architecture -> Stream.of(false, true)
                .flatMap(shared -> Stream.of(4, 100).map(from -> Arguments.of(architecture, shared, from))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithCentralDifferences(String architecture, boolean shared, int fusedFrom) {
        MicroBatch batch = shared ? MicroBatch.shared(SEQUENCES, 0) : MicroBatch.plain(SEQUENCES, 0);
        try (LanguageModel model = ModelFixtures.model(ModelFixtures.configs().get(architecture), folder, 5);
                DecoderProgram program =
                        DecoderProgram.load(model.config(), Map.of("fused_from", fusedFrom), ModelUpdater.SOURCES);
                TensorScope scope = new TensorScope()) {
            List<NDArray> weights = model.tensors().stream()
                    .map(tensor -> scope.keep(tensor.toType(DataType.FLOAT64, true)))
                    .toList();
            List<NDArray> gradients =
                    supervised(program, scope, weights, batch).stream().skip(1).toList();
            SplittableRandom random = new SplittableRandom(3);
            for (int k = 0; k < weights.size(); k++) {
                double[] gradient = gradients.get(k).toDoubleArray();
                for (int sample = 0; sample < 3; sample++) {
                    int i = random.nextInt(gradient.length);
                    assertThat(gradient[i])
                            .as("%s, weight %d", model.parameters().get(k).name(), i)
                            .isCloseTo(difference(program, weights, k, i, batch), within(1e-7));
                }
            }
        }
    }

    /** What a GPU does: rounded to 8 bits of mantissa, every gradient still points the same way. */
    @ParameterizedTest
    @MethodSource("cases")
    void isCloseInBfloat16(String architecture, boolean shared, int fusedFrom) {
        MicroBatch batch = shared ? MicroBatch.shared(SEQUENCES, 0) : MicroBatch.plain(SEQUENCES, 0);
        try (LanguageModel model = ModelFixtures.model(ModelFixtures.configs().get(architecture), folder, 5);
                DecoderProgram exact = DecoderProgram.load(model.config(), ModelUpdater.SOURCES);
                DecoderProgram rounding = DecoderProgram.load(
                        model.config(), Map.of("half", true, "fused_from", fusedFrom), ModelUpdater.SOURCES);
                TensorScope scope = new TensorScope()) {
            List<NDArray> expected = supervised(exact, scope, model.tensors(), batch);
            List<NDArray> rounded = supervised(rounding, scope, model.tensors(), batch);

            for (int i = 0; i < expected.size(); i++) {
                float[] gradient = expected.get(i).toFloatArray();
                assertThat(rounded.get(i).getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(distance(rounded.get(i).toFloatArray(), gradient))
                        .as(i == 0 ? "figures" : model.parameters().get(i - 1).name())
                        .isLessThan(0.07 * distance(new float[gradient.length], gradient));
            }
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static double difference(DecoderProgram program, List<NDArray> weights, int k, int i, MicroBatch batch) {
        double[] values = weights.get(k).toDoubleArray();
        double before = values[i];
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            values[i] = before + (side == 0 ? STEP : -STEP);
            weights.get(k).set(values);
            try (TensorScope call = new TensorScope()) {
                losses[side] = supervised(program, call, weights, batch).get(0).toDoubleArray()[0];
            }
        }
        values[i] = before;
        weights.get(k).set(values);
        return (losses[0] - losses[1]) / (2 * STEP);
    }

    /** What is computed twice to save memory comes out the same, whichever attention computes it. */
    @ParameterizedTest
    @MethodSource("cases")
    void isTheSameWhereActivationsAreComputedTwice(String architecture, boolean shared, int fusedFrom) {
        MicroBatch batch = shared ? MicroBatch.shared(SEQUENCES, 0) : MicroBatch.plain(SEQUENCES, 0);
        try (LanguageModel model = ModelFixtures.model(ModelFixtures.configs().get(architecture), folder, 5);
                DecoderProgram program =
                        DecoderProgram.load(model.config(), Map.of("fused_from", fusedFrom), ModelUpdater.SOURCES);
                TensorScope scope = new TensorScope()) {
            List<NDArray> kept = supervised(program, scope, model.tensors(), batch, false);
            List<NDArray> twice = supervised(program, scope, model.tensors(), batch, true);

            for (int i = 0; i < kept.size(); i++) {
                assertThat(twice.get(i).toFloatArray())
                        .containsExactly(kept.get(i).toFloatArray(), within(1e-6f));
            }
        }
    }

    private static List<NDArray> supervised(
            DecoderProgram program, TensorScope scope, List<NDArray> weights, MicroBatch batch) {
        return supervised(program, scope, weights, batch, false);
    }

    private static List<NDArray> supervised(
            DecoderProgram program, TensorScope scope, List<NDArray> weights, MicroBatch batch, boolean saveMemory) {
        MicroBatch.Tensors tensors = batch.tensors(scope);
        NDArray scale = scope.floats(batch.scale(), batch.tokens());
        return program.call(
                scope,
                "gradients",
                weights,
                tensors.rows(),
                tensors.positions(),
                tensors.targets(),
                Map.of("cross_entropy", scale.toType(weights.get(0).getDataType(), false)),
                1.0,
                program.rope(scope, 16),
                saveMemory,
                GradientMemory.none(scope, weights));
    }
}
