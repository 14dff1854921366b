package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;

class ModelUpdaterTest {

    private static final OptimizerSettings OPTIMIZER = OptimizerSettings.of(1e-3);
    private static final PolicyLoss LOSS = new PolicyLoss(1, 0.2, 0.28);

    @TempDir
    private Path folder;

    /** Eight sequences of different lengths; the scales of their tokens add up to 1. */
    private static List<TrainingSequence> sequences() {
        List<TrainingSequence> sequences = new ArrayList<>();
        int tokens = 8 * 3 + 28;
        for (int i = 0; i < 8; i++) {
            int[] prompt = {2 + i, 12, 3, 14};
            int[] completion = new int[3 + i];
            Arrays.fill(completion, 4 + i);
            float[] logProbs = new float[3 + i];
            Arrays.fill(logProbs, -3.1f);
            sequences.add(TrainingSequence.sampled(prompt, completion, 1.0 / tokens, i - 3.5, logProbs)
                    .withDivergence(0.1));
        }
        return sequences;
    }

    @Test
    void movesEveryParameter() throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            List<float[]> before = TinyModels.weights(model);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                Updates.supervised(updater, sequences(), 1e-3);
            }
            List<float[]> after = TinyModels.weights(model);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i)).as(model.parameters().get(i).name()).isNotEqualTo(before.get(i));
            }
        }
    }

    @Test
    void changesTheSameInOneBatchAndInEight() throws CanceledJobException {
        assertClose(supervised(8), supervised(1));
        assertClose(policy(8), policy(1));
        assertClose(policy(8), policy(3));
    }

    @Test
    void computingActivationsTwiceChangesNothing() throws CanceledJobException {
        List<List<float[]>> weights = new ArrayList<>();
        for (boolean saveMemory : new boolean[] {false, true}) {
            try (LanguageModel model = TinyModels.micro(folder, 1)) {
                try (ModelUpdater updater =
                        new ModelUpdater(ModelUpdater.trainables(model, null, 0), OPTIMIZER, 0, saveMemory)) {
                    Updates.supervised(updater, sequences(), 1e-3);
                }
                weights.add(TinyModels.weights(model));
            }
        }
        for (int i = 0; i < weights.get(0).size(); i++) {
            assertThat(weights.get(1).get(i)).containsExactly(weights.get(0).get(i));
        }
    }

    @Test
    void knowsItsOwnSamples() throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                LanguageModel reference = model.copy();
                ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
            // the loss of one sequence is minus its token's mean log-probability
            TrainingSequence sequence = TrainingSequence.taught(new int[] {2, 14}, new int[] {5}, 1);
            double loss = Updates.supervised(updater, List.of(sequence), 1e-9).loss();
            TrainingSequence sampled = TrainingSequence.sampled(
                            sequence.prompt(), sequence.completion(), 1, 2, new float[] {(float) -loss})
                    .withDivergence(0.1);

            Updates.Done figures = Updates.policy(updater, List.of(sampled), LOSS, reference.tensors(), 1e-9);

            // ratio 1 and no divergence: the loss is minus the advantage
            assertThat(figures.loss()).isCloseTo(-2, within(1e-5));
            assertThat(figures.figures().kl()).isCloseTo(0, within(1e-6));
            assertThat(figures.figures().clipShare()).isZero();
            assertThat(figures.gradientNorm()).isPositive();
            assertThat(figures.figures().entropy()).isBetween(0.0, Math.log(TinyModels.vocabSize()));
        }
    }

    @Test
    void raisesWhatHadAnAdvantageOverTheRest() throws CanceledJobException {
        TrainingSequence good = TrainingSequence.sampled(new int[] {2, 14}, new int[] {5}, 0.5, 1, new float[] {-3.1f});
        TrainingSequence bad = TrainingSequence.sampled(new int[] {2, 14}, new int[] {6}, 0.5, -1, new float[] {-3.1f});
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            double lead = negativeLogProb(model, bad) - negativeLogProb(model, good);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                Updates.policy(updater, List.of(good, bad), LOSS, null, 1e-3);
            }
            assertThat(negativeLogProb(model, bad) - negativeLogProb(model, good))
                    .isGreaterThan(lead + 0.01);
        }
    }

    @Test
    void raisesAnExternalRouteThatIsAMember() throws CanceledJobException {
        TrainingSequence route = TrainingSequence.external(new int[] {2, 14}, new int[] {13, 5}, 0.5, 1, 0.1);
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            double before = negativeLogProb(model, route);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                Updates.Done figures = Updates.policy(updater, List.of(route), LOSS, null, 1e-3);
                assertThat(figures.figures().tokens()).isEqualTo(2);
                assertThat(figures.figures().sampledTokens()).isZero();
                assertThat(figures.figures().clipShare()).isNaN();
            }
            assertThat(negativeLogProb(model, route)).isLessThan(before - 0.01);
        }
    }

    @Test
    void refusesADivergenceFromNoReference() {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
            assertThatThrownBy(() -> Updates.policy(updater, sequences(), LOSS, null, 1e-3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no reference model");
        }
    }

    /** With an updater of its own: to measure leaves a trace in the moments. */
    private static double negativeLogProb(LanguageModel model, TrainingSequence sequence) throws CanceledJobException {
        TrainingSequence supervised = TrainingSequence.taught(sequence.prompt(), sequence.completion(), 1);
        try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
            return Updates.supervised(updater, List.of(supervised), 0).loss();
        }
    }

    private List<float[]> supervised(int microBatchSize) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, microBatchSize)) {
                Updates.supervised(updater, sequences(), 1e-3);
            }
            return TinyModels.weights(model);
        }
    }

    private List<float[]> policy(int microBatchSize) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                LanguageModel reference = TinyModels.micro(folder, 2)) {
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, microBatchSize)) {
                Updates.policy(updater, sequences(), LOSS, reference.tensors(), 1e-3);
            }
            return TinyModels.weights(model);
        }
    }

    private static void assertClose(List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).containsExactly(expected.get(i), within(2e-6f));
        }
    }

    @Test
    void gradientsThatAreAddedInTwoCallsAreThoseOfOne() throws CanceledJobException {
        UpdatePart first = new UpdatePart("first", sequences().subList(0, 4), new CrossEntropy(), 0);
        UpdatePart second = new UpdatePart("second", sequences().subList(4, 8), new CrossEntropy(), 0);
        List<List<float[]>> weights = new ArrayList<>();
        for (List<List<UpdatePart>> calls :
                List.of(List.of(List.of(first, second)), List.of(List.of(first), List.of(second)))) {
            try (LanguageModel model = TinyModels.micro(folder, 1);
                    ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                for (int step = 0; step < 2; step++) {
                    for (List<UpdatePart> call : calls) {
                        updater.addGradients(call, Readers.NONE, Progress.silent());
                    }
                    updater.takeStep(1e-3);
                }
                weights.add(TinyModels.weights(model));
            }
        }
        assertClose(weights.get(1), weights.get(0));
    }

    @Test
    void aCanceledUpdateLeavesNoGradientBehind() throws CanceledJobException {
        UpdatePart part = new UpdatePart("part", sequences(), new CrossEntropy(), 0);
        List<List<float[]>> weights = new ArrayList<>();
        for (boolean canceled : new boolean[] {false, true}) {
            try (LanguageModel model = TinyModels.micro(folder, 1);
                    ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 1)) {
                if (canceled) {
                    assertThatThrownBy(() -> updater.addGradients(List.of(part), Readers.NONE, new CancelAfter(3)))
                            .isInstanceOf(CanceledJobException.class);
                }
                updater.addGradients(List.of(part), Readers.NONE, Progress.silent());
                updater.takeStep(1e-3);
                weights.add(TinyModels.weights(model));
            }
        }
        for (int i = 0; i < weights.get(0).size(); i++) {
            assertThat(weights.get(1).get(i)).containsExactly(weights.get(0).get(i));
        }
    }
}
