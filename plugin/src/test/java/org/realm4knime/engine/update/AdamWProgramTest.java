package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/** The sum of gradients and the optimizer's step of train.py, in float64, against plain Java. */
class AdamWProgramTest {

    @TempDir
    private Path folder;

    private TensorScope scope;
    private DecoderProgram program;

    @BeforeEach
    void open() {
        scope = new TensorScope();
        try (LanguageModel model = TinyModels.micro(folder, 3)) {
            program = DecoderProgram.load(model.config(), Map.of(), ModelUpdater.SOURCES);
        }
    }

    @AfterEach
    void close() {
        program.close();
        scope.close();
    }

    @Test
    void addsGradientsUp() {
        List<NDArray> sum = List.of(doubles(new double[] {1, -2, 3, 0.5}, 2, 2), doubles(new double[] {4, 5}, 2));

        program.call(
                scope,
                "add_gradients",
                sum,
                List.of(doubles(new double[] {0.25, 1, -3, 0.5}, 2, 2), doubles(new double[] {1, -1}, 2)));

        assertThat(sum.get(0).toDoubleArray()).containsExactly(1.25, -1, 0, 1);
        assertThat(sum.get(1).toDoubleArray()).containsExactly(5, 4);
    }

    @Test
    void takesTheStepOfAdamW() {
        double[] matrix = {0.5, -1, 2, 0.1};
        double[] vector = {1, 0.9};
        double[][] matrixGradients = {{0.3, -0.2, 0, 4}, {0.1, 0.2, -0.4, -1}};
        double[][] vectorGradients = {{0.5, -0.5}, {0.2, 0.1}};
        AdamWOracle forMatrix = new AdamWOracle(matrix, 0.1);
        AdamWOracle forVector = new AdamWOracle(vector, 0);
        List<NDArray> p = List.of(doubles(matrix, 2, 2), doubles(vector, 2));
        List<NDArray> m = List.of(doubles(new double[4], 2, 2), doubles(new double[2], 2));
        List<NDArray> v = List.of(doubles(new double[4], 2, 2), doubles(new double[2], 2));
        NDArray steps = scope.zeros();

        for (int step = 0; step < 2; step++) {
            double norm = norm(matrixGradients[step], vectorGradients[step]);
            double factor = Math.min(1, 1.0 / (norm + 1e-6));
            forMatrix.step(matrixGradients[step], factor);
            forVector.step(vectorGradients[step], factor);
            List<NDArray> g = List.of(doubles(matrixGradients[step], 2, 2), doubles(vectorGradients[step], 2));
            double got = program.call(scope, "apply_gradients", p, g, m, v, steps, 0.01, 0.9, 0.95, 0.1, 1e-8, 1.0)
                    .get(0)
                    .toDoubleArray()[0];
            assertThat(got).isCloseTo(norm, within(1e-9));
        }

        assertThat(p.get(0).toDoubleArray()).containsExactly(forMatrix.weights, within(1e-9));
        assertThat(p.get(1).toDoubleArray()).containsExactly(forVector.weights, within(1e-9));
    }

    @Test
    void leavesTheWeightsAloneWhenAGradientIsNoNumber() {
        List<NDArray> p = List.of(doubles(new double[] {1, 2}, 2));
        List<NDArray> g = List.of(doubles(new double[] {Double.NaN, 1}, 2));
        List<NDArray> m = List.of(doubles(new double[2], 2));
        List<NDArray> v = List.of(doubles(new double[2], 2));
        double norm = program.call(scope, "apply_gradients", p, g, m, v, scope.zeros(), 0.01, 0.9, 0.95, 0.1, 1e-8, 1.0)
                .get(0)
                .toDoubleArray()[0];

        assertThat(norm).isNaN();
        assertThat(p.get(0).toDoubleArray()).containsExactly(1, 2);
    }

    /** AdamW as Loshchilov and Hutter (2019), algorithm 2, print it. */
    private static final class AdamWOracle {
        private final double[] weights;
        private final double decay;
        private final double[] m;
        private final double[] v;
        private int t;

        private AdamWOracle(double[] weights, double decay) {
            this.weights = weights.clone();
            this.decay = decay;
            m = new double[weights.length];
            v = new double[weights.length];
        }

        private void step(double[] gradient, double factor) {
            t++;
            for (int i = 0; i < weights.length; i++) {
                double g = gradient[i] * factor;
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.95 * v[i] + 0.05 * g * g;
                double mean = m[i] / (1 - Math.pow(0.9, t));
                double square = v[i] / (1 - Math.pow(0.95, t));
                weights[i] -= 0.01 * (mean / (Math.sqrt(square) + 1e-8) + decay * weights[i]);
            }
        }
    }

    private NDArray doubles(double[] values, long... shape) {
        return scope.manager().create(values, new Shape(shape));
    }

    private static double norm(double[]... parts) {
        double sum = 0;
        for (double[] part : parts) {
            for (double value : part) {
                sum += value * value;
            }
        }
        return Math.sqrt(sum);
    }
}
