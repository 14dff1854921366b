package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.realm4knime.engine.update.TrainProgramCalls.ADVANTAGE;
import static org.realm4knime.engine.update.TrainProgramCalls.HIGH;
import static org.realm4knime.engine.update.TrainProgramCalls.KL;
import static org.realm4knime.engine.update.TrainProgramCalls.LOW;
import static org.realm4knime.engine.update.TrainProgramCalls.SCALE;
import static org.realm4knime.engine.update.TrainProgramCalls.TARGETS;
import static org.realm4knime.engine.update.TrainProgramCalls.TEMPERATURE;
import static org.realm4knime.engine.update.TrainProgramCalls.figures;
import static org.realm4knime.engine.update.TrainProgramCalls.gradients;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.update.TrainProgramCalls.Way;

/** The losses of the TorchScript programs against plain Java. */
class TrainProgramTest {

    @TempDir
    private Path folder;

    private TrainProgramCalls program;

    @BeforeEach
    void open() {
        program = new TrainProgramCalls(folder);
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void givesLogProbabilitiesThatAddUpToOne() {
        double[] sum = new double[TARGETS.length];
        for (int token = 0; token < TinyModels.vocabSize(); token++) {
            double[] logProbs = program.logProbs(token);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += Math.exp(logProbs[i]);
            }
        }
        assertThat(sum).containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void computesWeightedCrossEntropyAndEntropy(Way way) {
        double[] figures = figures(program.supervised(way));

        double[] logProbs = program.logProbs(TARGETS, 1);
        double loss = 0;
        for (int i = 0; i < TARGETS.length; i++) {
            loss -= SCALE[i] * logProbs[i];
        }
        double entropy = 0;
        for (int token = 0; token < TinyModels.vocabSize(); token++) {
            for (double logProb : program.logProbs(token)) {
                entropy -= Math.exp(logProb) * logProb;
            }
        }
        assertThat(figures).containsExactly(new double[] {loss, entropy, 0, 0}, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void computesTheClippedLossWithDivergence(Way way) {
        double[] old = program.shifted(new double[] {0.4, 0, -0.5, 0.1, 0.5, -0.4});
        double[] reference = program.shifted(new double[] {-0.3, 0.2, 0.1, 0, 0.6, 0.1});
        double[] now = program.logProbs(TARGETS, TEMPERATURE);

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

        double[] figures = figures(program.policy(way, old, reference, KL));
        assertThat(figures[0]).isCloseTo(loss, within(1e-9));
        assertThat(clippedTokens).isPositive();
        assertThat(figures[2]).isEqualTo(clippedTokens);
        assertThat(figures[3]).isCloseTo(divergence, within(1e-9));
        assertThat(figures(program.policy(way, old, reference, 0))[0])
                .isCloseTo(loss - KL * scaled(reference, now), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void shapesTheLossOfAnExternalRoute(Way way) {
        double gamma = 0.1;
        // the second sequence is external
        double[] shaping = {0, 0, gamma, gamma, gamma, 0};
        double[] old = program.shifted(new double[] {0.4, 0, 9, -9, 3, -0.4});
        double[] reference = program.shifted(new double[] {-0.3, 0.2, 5, 0, -5, 0.1});
        double[] now = program.logProbs(TARGETS, TEMPERATURE);

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

        List<NDArray> result = program.policy(way, old, reference, KL, shaping);
        assertThat(figures(result)[0]).isCloseTo(loss, within(1e-9));
        assertThat(figures(result)[2]).isEqualTo(clippedTokens);
        assertThat(figures(result)[3]).isCloseTo(divergence, within(1e-9));
    }

    private static double scaled(double[] reference, double[] now) {
        double sum = 0;
        for (int i = 0; i < now.length; i++) {
            sum += SCALE[i] * (Math.exp(reference[i] - now[i]) - (reference[i] - now[i]) - 1);
        }
        return sum;
    }

    /** With room for the logits of two tokens at a time instead of all. */
    @Test
    void theLossIsTheSameInParts() {
        double[] whole = figures(program.supervised(Way.PLAIN));
        List<double[]> gradients = gradients(program.supervised(Way.PLAIN)).stream()
                .map(NDArray::toDoubleArray)
                .toList();
        program.limitLogits(2);

        assertThat(figures(program.supervised(Way.PLAIN))).containsExactly(whole, within(1e-12));
        List<NDArray> inParts = gradients(program.supervised(Way.PLAIN));
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(inParts.get(i).toDoubleArray()).containsExactly(gradients.get(i), within(1e-12));
        }
        double[] parts = program.logProbs(TARGETS, TEMPERATURE);
        assertThat(parts).hasSize(TARGETS.length);
    }
}
