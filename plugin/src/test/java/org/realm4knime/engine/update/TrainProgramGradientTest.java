package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.realm4knime.engine.update.TrainProgramCalls.KL;
import static org.realm4knime.engine.update.TrainProgramCalls.SCALE;
import static org.realm4knime.engine.update.TrainProgramCalls.TARGETS;
import static org.realm4knime.engine.update.TrainProgramCalls.figures;
import static org.realm4knime.engine.update.TrainProgramCalls.gradients;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.update.TrainProgramCalls.Way;

/** The gradients of the TorchScript programs against central differences of their losses. */
class TrainProgramGradientTest {

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

    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfTheSupervisedLoss(Way way) {
        assertGradients(gradients(program.supervised(way)), () -> figures(program.supervised(way))[0]);
    }

    /** With parts of two tokens, so that a teacher's distributions are made in several of them. */
    @ParameterizedTest
    @EnumSource
    void hasTheLossAndTheGradientOfATeachersDistributions(Way way) {
        program.limitLogits(2);
        double[] share = {0.3, 1, 0, 0.7, 0.5, 0.2};
        SplittableRandom random = new SplittableRandom(4);
        double[] states = random.doubles(6 * 3L, -1, 1).toArray();
        double[] head = random.doubles(3L * program.vocabSize(), -2, 2).toArray();

        List<NDArray> result = program.distilled(way, share, states, head);

        assertThat(figures(result)[0]).isCloseTo(lossWithTeacher(share, states, head), within(1e-9));
        assertGradients(gradients(result), () -> lossWithTeacher(share, states, head));
    }

    /** (1 - share) (-log p(token)) + share (- sum of q log p), with p asked for every word and q worked out here. */
    private double lossWithTeacher(double[] share, double[] states, double[] head) {
        double[][] logP = new double[program.vocabSize()][];
        for (int word = 0; word < logP.length; word++) {
            logP[word] = program.logProbs(word);
        }
        double loss = 0;
        for (int token = 0; token < TARGETS.length; token++) {
            double[] q = new double[logP.length];
            for (int word = 0; word < q.length; word++) {
                double logit = 0;
                for (int i = 0; i < 3; i++) {
                    logit += states[3 * token + i] * head[3 * word + i];
                }
                q[word] = Math.exp(logit);
            }
            double sum = Arrays.stream(q).sum();
            double crossed = 0;
            for (int word = 0; word < q.length; word++) {
                crossed -= q[word] / sum * logP[word][token];
            }
            loss += SCALE[token] * ((1 - share[token]) * -logP[(int) TARGETS[token]][token] + share[token] * crossed);
        }
        return loss;
    }

    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfThePolicyLoss(Way way) {
        double[] old = program.shifted(new double[] {0.1, -0.05, -0.5, 0.1, 0.5, -0.4});
        double[] reference = program.shifted(new double[] {-0.3, 0.2, 0.1, 0, 0.6, 0.1});
        assertGradients(
                gradients(program.policy(way, old, reference, KL)),
                () -> figures(program.policy(way, old, reference, KL))[0]);
    }

    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfAnExternalRoute(Way way) {
        // the second sequence is external
        double[] shaping = {0, 0, 0.1, 0.1, 0.1, 0};
        double[] old = program.shifted(new double[] {0.4, 0, 9, -9, 3, -0.4});
        double[] reference = program.shifted(new double[] {-0.3, 0.2, 5, 0, -5, 0.1});
        assertGradients(
                gradients(program.policy(way, old, reference, KL, shaping)),
                () -> figures(program.policy(way, old, reference, KL, shaping))[0]);
    }

    @ParameterizedTest
    @EnumSource
    void hasTheGradientOfDivergencesOfDifferentWeights(Way way) {
        program.limitLogits(4);
        double[] divergence = {0, 0.3, 0.05, 0, 0.1, 0.2};
        double[] sampled = new double[divergence.length];
        double[] old = program.shifted(new double[] {0.1, -0.05, -0.5, 0.1, 0.5, -0.4});
        double[] reference = program.shifted(new double[] {-0.3, 0.2, 0.1, 0, 0.6, 0.1});
        assertGradients(
                gradients(program.policy(way, old, reference, divergence, sampled)),
                () -> figures(program.policy(way, old, reference, divergence, sampled))[0]);
    }

    /** Tokens of one micro-batch may be trained in different ways, or in both: the losses and gradients add up. */
    @ParameterizedTest
    @EnumSource
    void addsUpCrossEntropyAndPolicyLoss(Way way) {
        program.limitLogits(4);
        double[] crossEntropy = {0.2, 0.1, 0, 0, 0.3, 0.1};
        double[] policy = {0, 0, 0.2, 0.4, 0.1, 0.3};
        double[] old = program.shifted(new double[] {0.1, -0.05, -0.5, 0.1, 0.5, -0.4});
        List<NDArray> one = program.mixed(way, crossEntropy, null, old);
        List<NDArray> other = program.mixed(way, null, policy, old);

        List<NDArray> both = program.mixed(way, crossEntropy, policy, old);

        assertThat(figures(both)[0]).isCloseTo(figures(one)[0] + figures(other)[0], within(1e-12));
        assertThat(figures(both)[2]).isEqualTo(figures(other)[2]);
        assertGradients(gradients(both), () -> figures(program.mixed(way, crossEntropy, policy, old))[0]);
    }

    /** Without a reference model, as with one whose divergence has no weight. */
    @ParameterizedTest
    @EnumSource
    void leavesOutTheDivergenceWithoutAReference(Way way) {
        double[] old = program.shifted(new double[] {0.1, -0.05, -0.5, 0.1, 0.5, -0.4});
        double[] reference = program.shifted(new double[] {-0.3, 0.2, 0.1, 0, 0.6, 0.1});
        List<NDArray> expected = program.policy(way, old, reference, 0);

        List<NDArray> actual = program.mixed(way, null, SCALE, old);

        assertThat(figures(actual))
                .startsWith(Arrays.copyOf(figures(expected), 3))
                .endsWith(0);
        for (int i = 1; i < expected.size(); i++) {
            assertThat(actual.get(i).toDoubleArray())
                    .containsExactly(expected.get(i).toDoubleArray());
        }
    }

    private interface Loss {
        double value();
    }

    private void assertGradients(List<NDArray> gradients, Loss loss) {
        SplittableRandom random = new SplittableRandom(11);
        double step = 1e-5;
        for (int k = 0; k < program.parameters().size(); k++) {
            NDArray parameter = program.parameters().get(k);
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
        parameter.set(weights);
        double value = loss.value();
        weights[index] = before;
        parameter.set(weights);
        return value;
    }
}
