package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;
import org.realm4knime.engine.torch.TensorScope;

/** The TorchScript of lora.py, in float64, against merged weights, central differences and averages. */
class LoraProgramTest {

    private static final int RANK = 2;

    private static final List<TrainingSequence> SEQUENCES = List.of(
            TrainingSequence.taught(new int[] {2, 12, 4, 14}, new int[] {13, 6}, 0.2),
            TrainingSequence.taught(new int[] {7, 12, 2}, new int[] {14, 13, 9}, 0.1),
            TrainingSequence.taught(new int[] {2, 12, 4, 14}, new int[] {5}, 0.3));

    @TempDir
    private Path folder;

    private TensorScope scope;
    private LanguageModel model;

    @BeforeEach
    void open() {
        scope = new TensorScope();
        model = TinyModels.micro(folder, 3);
    }

    @AfterEach
    void close() {
        model.close();
        scope.close();
    }

    /** Some or all projections. */
    private enum Targets {
        ALL(EnumSet.allOf(LoraTarget.class)),
        SOME(EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.V_PROJ, LoraTarget.UP_PROJ, LoraTarget.DOWN_PROJ)),
        ONE(EnumSet.of(LoraTarget.O_PROJ));

        private final EnumSet<LoraTarget> targets;

        Targets(EnumSet<LoraTarget> targets) {
            this.targets = targets;
        }

        private LoraSettings with(double dropout) {
            return new LoraSettings(RANK, 3, dropout, targets, false);
        }
    }

    /** A program with adapters in float64, and its list p. */
    private final class Adapted implements AutoCloseable {

        private final DecoderProgram program;
        private final List<NDArray> weights;
        private final NDArray seed = scope.longs(new long[] {1}, 1);
        private final List<NDArray> matrices = new ArrayList<>();
        private final LoraAdapter adapter;

        private Adapted(LoraSettings settings, boolean upIsZero) {
            program = DecoderProgram.load(model.config(), settings, ModelUpdater.SOURCES);
            adapter = model.startAdapter(settings, 4);
            // larger than at the start of training, so that nothing is close to linear
            weights = model.tensors().stream()
                    .map(w -> scope.keep(
                            w.toType(DataType.FLOAT64, true).mul(w.getShape().dimension() > 1 ? 15 : 1)))
                    .toList();
            SplittableRandom random = new SplittableRandom(5);
            for (NDArray tensor : adapter.tensors()) {
                boolean up = tensor.getShape().get(1) == RANK;
                double[] values = IntStream.range(0, (int) tensor.size())
                        .mapToDouble(i -> up && upIsZero ? 0 : random.nextDouble(-1, 1))
                        .toArray();
                NDArray matrix = scope.manager().create(values, tensor.getShape());
                matrices.add(matrix);
            }
        }

        private List<NDArray> p() {
            List<NDArray> p = new ArrayList<>(weights);
            if (adapter.settings().dropout() > 0) {
                p.add(seed);
            }
            p.addAll(matrices);
            return p;
        }

        private List<NDArray> supervised(boolean shared, boolean saveMemory) {
            MicroBatch batch = batch(shared);
            double[] scale = IntStream.range(0, batch.tokens())
                    .mapToDouble(i -> batch.scale()[i])
                    .toArray();
            return program.call(
                    scope,
                    "gradients",
                    p(),
                    rows(batch),
                    scope.longs(batch.positions(), batch.tokens()),
                    scope.longs(batch.targets(), batch.tokens()),
                    Map.of("cross_entropy", scope.manager().create(scale, new Shape(scale.length))),
                    1.0,
                    program.rope(scope, 8),
                    saveMemory,
                    GradientMemory.none(scope, matrices));
        }

        private double loss(boolean shared, boolean saveMemory) {
            return supervised(shared, saveMemory).get(0).toDoubleArray()[0];
        }

        @Override
        public void close() {
            program.close();
        }
    }

    private static MicroBatch batch(boolean shared) {
        return shared ? MicroBatch.shared(SEQUENCES, 0) : MicroBatch.plain(SEQUENCES, 0);
    }

    private List<NDArray> rows(MicroBatch batch) {
        return batch.inputs().stream()
                .map(block -> scope.longs(block.values(), block.shape()))
                .toList();
    }

    private double[] logProbs(DecoderProgram program, List<NDArray> p) {
        MicroBatch batch = batch(false);
        return program.call(
                        scope,
                        "token_log_probs",
                        p,
                        rows(batch),
                        scope.longs(batch.positions(), batch.tokens()),
                        scope.longs(batch.targets(), batch.tokens()),
                        program.rope(scope, 8),
                        1.0)
                .get(0)
                .toDoubleArray();
    }

    /** W + scale * B A by loops in Java; the adapted weights in order, each one A and its Bs. */
    private List<NDArray> merged(Adapted adapted, Targets targets) {
        List<NDArray> merged = new ArrayList<>(adapted.weights);
        int at = 0;
        for (int index : adapted.adapter.adaptedWeights()) {
            NDArray weight = adapted.weights.get(index);
            int columns = (int) weight.getShape().get(1);
            double[] values = weight.toDoubleArray();
            double[] a = adapted.matrices.get(at++).toDoubleArray();
            int row = 0;
            int part = 0;
            for (var piece : model.parameters().get(index).parts()) {
                boolean has =
                        targets.targets.stream().anyMatch(t -> piece.name().contains(t.moduleName()));
                if (has) {
                    double[] b = adapted.matrices.get(at++).toDoubleArray();
                    for (int i = 0; i < piece.rows() * columns; i++) {
                        for (int r = 0; r < RANK; r++) {
                            values[row * columns + i] +=
                                    1.5 * b[i / columns * RANK + r] * a[(part * RANK + r) * columns + i % columns];
                        }
                    }
                    part++;
                }
                row += piece.rows();
            }
            merged.set(index, scope.manager().create(values, weight.getShape()));
        }
        assertThat(at).isEqualTo(adapted.matrices.size());
        return merged;
    }

    @ParameterizedTest
    @CsvSource({"ALL", "SOME", "ONE"})
    void computesWhatTheMergedModelComputes(Targets targets) {
        try (Adapted adapted = new Adapted(targets.with(0), false)) {
            DecoderProgram plain = DecoderProgram.shared(model.config(), ModelUpdater.SOURCES);
            double[] beside = logProbs(adapted.program, adapted.p());
            assertThat(beside).containsExactly(logProbs(plain, merged(adapted, targets)), within(1e-9));
            assertThat(beside[0]).isNotCloseTo(logProbs(plain, adapted.weights)[0], within(1e-3));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, 0, false, false",
        "ALL, 0, true, true",
        "SOME, 0, true, false",
        "ONE, 0, false, true",
        "ALL, 0.3, false, false",
        "ALL, 0.3, false, true",
        "SOME, 0.3, true, true"
    })
    void hasTheGradientOfTheLoss(Targets targets, double dropout, boolean shared, boolean saveMemory) {
        try (Adapted adapted = new Adapted(targets.with(dropout), false)) {
            List<NDArray> result = adapted.supervised(shared, saveMemory);
            assertThat(result).hasSize(1 + adapted.matrices.size());
            SplittableRandom random = new SplittableRandom(11);
            double step = 1e-5;
            for (int k = 0; k < adapted.matrices.size(); k++) {
                NDArray matrix = adapted.matrices.get(k);
                double[] values = matrix.toDoubleArray();
                double[] gradient = result.get(1 + k).toDoubleArray();
                for (int sample = 0; sample < 2; sample++) {
                    int i = random.nextInt(values.length);
                    double before = values[i];
                    double[] losses = new double[2];
                    for (int side = 0; side < 2; side++) {
                        values[i] = before + (side == 0 ? step : -step);
                        matrix.set(values);
                        losses[side] = adapted.loss(shared, saveMemory);
                    }
                    values[i] = before;
                    matrix.set(values);
                    assertThat(gradient[i])
                            .as("matrix %d, value %d", k, i)
                            .isCloseTo(
                                    (losses[0] - losses[1]) / (2 * step), within(1e-6 * (1 + Math.abs(gradient[i]))));
                }
            }
        }
    }

    @Test
    void theSeedDecidesWhatIsDropped() {
        try (Adapted adapted = new Adapted(Targets.ALL.with(0.5), false)) {
            double first = adapted.loss(false, false);
            assertThat(adapted.loss(false, false)).isEqualTo(first);
            assertThat(adapted.loss(false, true)).isEqualTo(first);
            adapted.seed.set(new long[] {-7});
            assertThat(adapted.loss(false, false)).isNotCloseTo(first, within(1e-6));
        }
    }

    /**
     * While B is zero, the adapter adds nothing, whatever is dropped, and the gradient of B is linear in the inputs
     * that are left: its mean over many draws is the gradient without dropout.
     */
    @Test
    void dropoutKeepsTheExpectation() {
        List<double[]> expected;
        try (Adapted exact = new Adapted(Targets.ALL.with(0), true)) {
            expected = exact.supervised(false, false).stream()
                    .skip(1)
                    .map(NDArray::toDoubleArray)
                    .toList();
        }
        int draws = 400;
        List<double[]> sums =
                expected.stream().map(values -> new double[values.length]).toList();
        double spread = 0;
        try (Adapted dropping = new Adapted(Targets.ALL.with(0.25), true)) {
            for (int draw = 0; draw < draws; draw++) {
                dropping.seed.set(new long[] {1000L * draw});
                List<NDArray> gradients = dropping.supervised(false, false);
                for (int k = 0; k < sums.size(); k++) {
                    double[] gradient = gradients.get(1 + k).toDoubleArray();
                    for (int i = 0; i < gradient.length; i++) {
                        sums.get(k)[i] += gradient[i] / draws;
                        spread = Math.max(spread, Math.abs(gradient[i] - expected.get(k)[i]));
                    }
                }
            }
        }
        assertThat(spread).isGreaterThan(0.01);
        for (int k = 0; k < sums.size(); k++) {
            // six times the standard error, if the spread were five standard deviations
            assertThat(sums.get(k)).containsExactly(expected.get(k), within(6 * spread / 5 / Math.sqrt(draws)));
        }
    }
}
