package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/** The TorchScript of loss.py, rows.py and train.py, in float64, against plain Java and central differences. */
class TrainProgramTest {

    private static final double TEMPERATURE = 0.7;
    private static final double LOW = 0.2;
    private static final double HIGH = 0.3;
    private static final double KL = 0.05;

    // two completions of one prompt and one of another: six trained tokens
    private static final List<TrainingSequence> SEQUENCES = List.of(
            TrainingSequence.supervised(new int[] {2, 12, 4, 14}, new int[] {13, 6}, 0.2),
            TrainingSequence.supervised(new int[] {7, 12, 2}, new int[] {14, 13, 9}, 0.1),
            TrainingSequence.supervised(new int[] {2, 12, 4, 14}, new int[] {5}, 0.3));
    private static final long[] TARGETS = {13, 6, 14, 13, 9, 5};
    private static final double[] SCALE = {0.2, 0.2, 0.1, 0.1, 0.1, 0.3};
    private static final double[] ADVANTAGE = {1, 1, -0.5, -0.5, -0.5, 0.8};

    /** How the sequences are laid out, and whether activations are kept. */
    private enum Way {
        PLAIN(false),
        SHARED(false),
        PLAIN_SAVING_MEMORY(true),
        SHARED_SAVING_MEMORY(true);

        private final boolean saveMemory;

        Way(boolean saveMemory) {
            this.saveMemory = saveMemory;
        }

        private MicroBatch batch() {
            return this == PLAIN || this == PLAIN_SAVING_MEMORY
                    ? MicroBatch.plain(SEQUENCES, 0)
                    : MicroBatch.shared(SEQUENCES, 0);
        }
    }

    @TempDir
    private Path folder;

    private static final String[] SOURCES = {"rows.py", "layer.py", "loss.py", "train.py"};

    private TensorScope scope;
    private DecoderConfig config;
    private DecoderProgram program;
    private List<NDArray> parameters;
    private NDArray rope;

    @BeforeEach
    void open() {
        scope = new TensorScope();
        try (LanguageModel model = TinyModels.micro(folder, 3)) {
            config = model.config();
            program = DecoderProgram.load(config, Map.of(), SOURCES);
            rope = program.rope(scope, 8);
            parameters = new ArrayList<>();
            for (NDArray tensor : model.tensors()) {
                // larger than at the start of training, so that nothing is close to linear
                NDArray parameter = scope.keep(tensor.toType(DataType.FLOAT64, true)
                        .mul(tensor.getShape().dimension() > 1 ? 15 : 1));
                parameters.add(parameter);
            }
        }
    }

    @AfterEach
    void close() {
        program.close();
        scope.close();
    }

    @Test
    void givesLogProbabilitiesThatAddUpToOne() {
        double[] sum = new double[TARGETS.length];
        for (int token = 0; token < TinyModels.vocabSize(); token++) {
            double[] logProbs = logProbs(token);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += Math.exp(logProbs[i]);
            }
        }
        assertThat(sum).containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void computesWeightedCrossEntropyAndEntropy(Way way) {
        double[] figures = figures(supervised(way));

        double[] logProbs = logProbs(TARGETS, 1);
        double loss = 0;
        for (int i = 0; i < TARGETS.length; i++) {
            loss -= SCALE[i] * logProbs[i];
        }
        double entropy = 0;
        for (int token = 0; token < TinyModels.vocabSize(); token++) {
            for (double logProb : logProbs(token)) {
                entropy -= Math.exp(logProb) * logProb;
            }
        }
        assertThat(figures).containsExactly(new double[] {loss, entropy, 0, 0}, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void computesTheClippedLossWithDivergence(Way way) {
        double[] old = shifted(new double[] {0.4, 0, -0.5, 0.1, 0.5, -0.4});
        double[] reference = shifted(new double[] {-0.3, 0.2, 0.1, 0, 0.6, 0.1});
        double[] now = logProbs(TARGETS, TEMPERATURE);

        double loss = 0;
        double divergence = 0;
        int clippedTokens = 0;
        for (int i = 0; i < now.length; i++) {
            double ratio = Math.exp(now[i] - old[i]);
            double clipped = Math.min(Math.max(ratio, 1 - LOW), 1 + HIGH);
            double gain = Math.min(ratio * ADVANTAGE[i], clipped * ADVANTAGE[i]);
            clippedTokens += clipped * ADVANTAGE[i] < ratio * ADVANTAGE[i] ? 1 : 0;
            double k3 = Math.exp(reference[i] - now[i]) - (reference[i] - now[i]) - 1;
            loss += SCALE[i] * (-gain + KL * k3);
            divergence += k3;
        }

        double[] figures = figures(policy(way, old, reference, KL));
        assertThat(figures[0]).isCloseTo(loss, within(1e-9));
        assertThat(clippedTokens).isPositive();
        assertThat(figures[2]).isEqualTo(clippedTokens);
        assertThat(figures[3]).isCloseTo(divergence, within(1e-9));
        assertThat(figures(policy(way, old, reference, 0))[0])
                .isCloseTo(loss - KL * scaled(reference, now), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void shapesTheLossOfAnExternalRoute(Way way) {
        double gamma = 0.1;
        // the second sequence is external
        double[] shaping = {0, 0, gamma, gamma, gamma, 0};
        double[] old = shifted(new double[] {0.4, 0, 9, -9, 3, -0.4});
        double[] reference = shifted(new double[] {-0.3, 0.2, 5, 0, -5, 0.1});
        double[] now = logProbs(TARGETS, TEMPERATURE);

        double loss = 0;
        double divergence = 0;
        int clippedTokens = 0;
        for (int i = 0; i < now.length; i++) {
            if (shaping[i] > 0) {
                loss -= SCALE[i] * ADVANTAGE[i] * Math.exp(now[i]) / (Math.exp(now[i]) + gamma);
                continue;
            }
            double ratio = Math.exp(now[i] - old[i]);
            double clipped = Math.min(Math.max(ratio, 1 - LOW), 1 + HIGH);
            double k3 = Math.exp(reference[i] - now[i]) - (reference[i] - now[i]) - 1;
            loss += SCALE[i] * (-Math.min(ratio * ADVANTAGE[i], clipped * ADVANTAGE[i]) + KL * k3);
            clippedTokens += clipped * ADVANTAGE[i] < ratio * ADVANTAGE[i] ? 1 : 0;
            divergence += k3;
        }

        List<NDArray> result = policy(way, old, reference, KL, shaping);
        assertThat(figures(result)[0]).isCloseTo(loss, within(1e-9));
        assertThat(figures(result)[2]).isEqualTo(clippedTokens);
        assertThat(figures(result)[3]).isCloseTo(divergence, within(1e-9));
        assertGradients(gradients(result), () -> figures(policy(way, old, reference, KL, shaping))[0]);
    }

    /** The gradient of the second pass against central differences of the loss as it is written. */
    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfContrastedSteps(Way way) {
        double beta = 0.7;
        double weight = 0.4;
        List<TrainingSequence> steps =
                SEQUENCES.stream().map(sequence -> sequence.scaled(1)).toList();
        StepContrast contrast = new StepContrast(
                List.of(new StepPair(steps.get(0), steps.get(2)), new StepPair(steps.get(1), steps.get(2))),
                weight,
                beta);

        Map<TrainingSequence, Double> sums = new IdentityHashMap<>();
        double[] now = sequenceLogProbs();
        for (int i = 0; i < 3; i++) {
            sums.put(steps.get(i), now[i]);
        }
        StepContrast.Slopes slopes = contrast.slopes(sums);
        double expected = contrastLoss(beta);
        assertThat(slopes.figures().lossSum()).isCloseTo(expected, within(1e-9));
        assertThat(slopes.figures().tokens()).isEqualTo(2 + 1 + 3 + 1);

        // the wrong step is part of both pairs: its slopes add up
        double[] scale = {
            slopes.sequences().get(0).scale(),
            slopes.sequences().get(0).scale(),
            slopes.sequences().get(2).scale(),
            slopes.sequences().get(2).scale(),
            slopes.sequences().get(2).scale(),
            slopes.sequences().get(1).scale() + slopes.sequences().get(3).scale()
        };
        assertGradients(gradients(supervised(way, scale)), () -> weight * contrastLoss(beta));
    }

    private double contrastLoss(double beta) {
        double[] now = sequenceLogProbs();
        double first = 1 / (1 + Math.exp(-beta * (now[0] - now[2])));
        double second = 1 / (1 + Math.exp(-beta * (now[1] - now[2])));
        return -Math.log(first) - Math.log(second);
    }

    private double[] sequenceLogProbs() {
        double[] now = logProbs(TARGETS, 1);
        return new double[] {now[0] + now[1], now[2] + now[3] + now[4], now[5]};
    }

    private static double scaled(double[] reference, double[] now) {
        double sum = 0;
        for (int i = 0; i < now.length; i++) {
            sum += SCALE[i] * (Math.exp(reference[i] - now[i]) - (reference[i] - now[i]) - 1);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfTheSupervisedLoss(Way way) {
        assertGradients(gradients(supervised(way)), () -> figures(supervised(way))[0]);
    }

    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfThePolicyLoss(Way way) {
        double[] old = shifted(new double[] {0.1, -0.05, -0.5, 0.1, 0.5, -0.4});
        double[] reference = shifted(new double[] {-0.3, 0.2, 0.1, 0, 0.6, 0.1});
        assertGradients(gradients(policy(way, old, reference, KL)), () -> figures(policy(way, old, reference, KL))[0]);
    }

    /** With room for the logits of two tokens at a time instead of all. */
    @Test
    void theLossIsTheSameInParts() {
        double[] whole = figures(supervised(Way.PLAIN));
        List<double[]> gradients = gradients(supervised(Way.PLAIN)).stream()
                .map(NDArray::toDoubleArray)
                .toList();
        program.close();
        program = DecoderProgram.load(config, Map.of("logit_rows", 2), SOURCES);

        assertThat(figures(supervised(Way.PLAIN))).containsExactly(whole, within(1e-12));
        List<NDArray> inParts = gradients(supervised(Way.PLAIN));
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(inParts.get(i).toDoubleArray()).containsExactly(gradients.get(i), within(1e-12));
        }
        double[] parts = logProbs(TARGETS, TEMPERATURE);
        assertThat(parts).hasSize(TARGETS.length);
    }

    private interface Loss {
        double value();
    }

    private void assertGradients(List<NDArray> gradients, Loss loss) {
        SplittableRandom random = new SplittableRandom(11);
        double step = 1e-5;
        for (int k = 0; k < parameters.size(); k++) {
            NDArray parameter = parameters.get(k);
            double[] gradient = gradients.get(k).toDoubleArray();
            double[] weights = parameter.toDoubleArray();
            for (int sample = 0; sample < 5; sample++) {
                int i = random.nextInt(weights.length);
                double difference =
                        valueAt(parameter, weights, i, step, loss) - valueAt(parameter, weights, i, -step, loss);
                assertThat(gradient[i])
                        .as("parameter %d, weight %d", k, i)
                        .isCloseTo(difference / (2 * step), within(1e-6));
            }
        }
    }

    private double valueAt(NDArray parameter, double[] weights, int index, double change, Loss loss) {
        double before = weights[index];
        weights[index] += change;
        set(parameter, weights);
        double value = loss.value();
        weights[index] = before;
        set(parameter, weights);
        return value;
    }

    private static void set(NDArray parameter, double[] weights) {
        parameter.set(weights);
    }

    private static double[] figures(List<NDArray> result) {
        return result.get(0).toDoubleArray();
    }

    private static List<NDArray> gradients(List<NDArray> result) {
        return result.subList(1, result.size());
    }

    private List<NDArray> supervised(Way way) {
        return supervised(way, SCALE);
    }

    private List<NDArray> supervised(Way way, double[] scale) {
        MicroBatch batch = way.batch();
        return program.call(
                scope,
                "supervised",
                parameters,
                rows(batch),
                scope.longs(batch.positions(), batch.tokens()),
                scope.longs(TARGETS, TARGETS.length),
                doubles(scale, scale.length),
                rope,
                way.saveMemory);
    }

    private List<NDArray> policy(Way way, double[] old, double[] reference, double klCoefficient) {
        return policy(way, old, reference, klCoefficient, new double[TARGETS.length]);
    }

    private List<NDArray> policy(Way way, double[] old, double[] reference, double klCoefficient, double[] shaping) {
        MicroBatch batch = way.batch();
        return program.call(
                scope,
                "policy",
                parameters,
                rows(batch),
                scope.longs(batch.positions(), batch.tokens()),
                scope.longs(TARGETS, TARGETS.length),
                doubles(SCALE, SCALE.length),
                doubles(ADVANTAGE, ADVANTAGE.length),
                doubles(old, old.length),
                doubles(reference, reference.length),
                doubles(shaping, shaping.length),
                doubles(new double[] {LOW, HIGH, klCoefficient}, 3),
                rope,
                TEMPERATURE,
                way.saveMemory);
    }

    private List<NDArray> rows(MicroBatch batch) {
        return batch.inputs().stream()
                .map(block -> scope.longs(block.values(), block.shape()))
                .toList();
    }

    private double[] logProbs(long token) {
        return logProbs(new long[] {token, token, token, token, token, token}, 1);
    }

    private double[] logProbs(long[] targets, double temperature) {
        MicroBatch batch = Way.PLAIN.batch();
        try (TensorScope call = new TensorScope()) {
            return program.call(
                            call,
                            "token_log_probs",
                            parameters,
                            rows(batch),
                            call.longs(batch.positions(), batch.tokens()),
                            call.longs(targets, targets.length),
                            rope,
                            temperature)
                    .get(0)
                    .toDoubleArray();
        }
    }

    private double[] shifted(double[] shifts) {
        double[] logProbs = logProbs(TARGETS, TEMPERATURE);
        for (int i = 0; i < shifts.length; i++) {
            logProbs[i] += shifts[i];
        }
        return logProbs;
    }

    private NDArray doubles(double[] values, long... shape) {
        return scope.manager().create(values, new Shape(shape));
    }
}
