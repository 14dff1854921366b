package org.realm4knime.engine.train;

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
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;

class ModelUpdaterTest {

    private static final OptimizerSettings OPTIMIZER = OptimizerSettings.of(1e-3);
    private static final PolicyLoss LOSS = new PolicyLoss(1, 0.2, 0.28, 0.1);

    /** Two pairs, one of which has steps of different lengths. */
    private static final StepContrast CONTRAST = new StepContrast(
            List.of(
                    pair(new int[] {2, 12, 3, 14, 13}, new int[] {5}, new int[] {8}),
                    pair(new int[] {4, 12, 3, 14}, new int[] {13, 7, 1}, new int[] {9, 9})),
            0.5,
            0.7);

    @TempDir
    private Path folder;

    private static StepPair pair(int[] prompt, int[] right, int[] wrong) {
        return new StepPair(
                TrainingSequence.supervised(prompt, right, 1), TrainingSequence.supervised(prompt, wrong, 1));
    }

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
            sequences.add(new TrainingSequence(prompt, completion, 1.0 / tokens, i - 3.5, logProbs));
        }
        return sequences;
    }

    @Test
    void movesEveryParameter() throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            List<float[]> before = TinyModels.weights(model);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                updater.supervised(sequences(), 1e-3, Progress.silent());
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
                    updater.supervised(sequences(), 1e-3, Progress.silent());
                }
                weights.add(TinyModels.weights(model));
            }
        }
        for (int i = 0; i < weights.get(0).size(); i++) {
            assertThat(weights.get(1).get(i)).containsExactly(weights.get(0).get(i));
        }
    }

    @Test
    void tellsWhatATrainingTakesBeforeItStarts() {
        TrainingHistory history = new TrainingHistory();
        List<String> messages = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                messages.add(message);
            }

            @Override
            public void checkCanceled() {
                // nobody cancels
            }
        };
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            MemoryEstimate.Work work = new MemoryEstimate.Work(5000, 0, 20, 20, 8, false, false, null);
            ModelUpdater.withinMemory(ModelUpdater.trainables(model, null, 0), OPTIMIZER, 0, work, history, progress)
                    .close();
            assertThat(messages).singleElement().asString().startsWith("This training takes about ");
            assertThat(history.warnings()).isEmpty();

            MemoryEstimate.Work absurd = new MemoryEstimate.Work(1L << 45, 0, 20, 20, 8, false, false, null);
            assertThatThrownBy(() -> ModelUpdater.withinMemory(
                            ModelUpdater.trainables(model, null, 0), OPTIMIZER, 0, absurd, history, progress))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("LoRA");
        }
    }

    @Test
    void knowsItsOwnSamples() throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                LanguageModel reference = model.copy();
                ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
            // the loss of one sequence is minus its token's mean log-probability
            TrainingSequence sequence = TrainingSequence.supervised(new int[] {2, 14}, new int[] {5}, 1);
            double loss = updater.supervised(List.of(sequence), 1e-9, Progress.silent())
                    .loss();
            TrainingSequence sampled =
                    new TrainingSequence(sequence.prompt(), sequence.completion(), 1, 2, new float[] {(float) -loss});

            StepFigures figures = updater.policy(
                    List.of(sampled), LOSS, reference.tensors(), Lessons.NONE, null, 1e-9, Progress.silent());

            // ratio 1 and no divergence: the loss is minus the advantage
            assertThat(figures.loss()).isCloseTo(-2, within(1e-5));
            assertThat(figures.kl()).isCloseTo(0, within(1e-6));
            assertThat(figures.clipShare()).isZero();
            assertThat(figures.gradientNorm()).isPositive();
            assertThat(figures.entropy()).isBetween(0.0, Math.log(TinyModels.vocabSize()));
        }
    }

    @Test
    void raisesWhatHadAnAdvantageOverTheRest() throws CanceledJobException {
        TrainingSequence good = new TrainingSequence(new int[] {2, 14}, new int[] {5}, 0.5, 1, new float[] {-3.1f});
        TrainingSequence bad = new TrainingSequence(new int[] {2, 14}, new int[] {6}, 0.5, -1, new float[] {-3.1f});
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            double lead = negativeLogProb(model, bad) - negativeLogProb(model, good);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                updater.policy(List.of(good, bad), LOSS, null, Lessons.NONE, null, 1e-3, Progress.silent());
            }
            assertThat(negativeLogProb(model, bad) - negativeLogProb(model, good))
                    .isGreaterThan(lead + 0.01);
        }
    }

    @Test
    void tellsRightStepsFromWrongOnes() throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            double[] margins = margins(model);
            double expected = 0;
            for (double margin : margins) {
                expected += Math.log1p(Math.exp(-0.7 * margin));
            }
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                StepFigures figures =
                        updater.policy(List.of(), LOSS, null, Lessons.NONE, CONTRAST, 1e-3, Progress.silent());
                assertThat(figures.contrast().lossSum()).isCloseTo(expected, within(1e-5));
                assertThat(figures.loss()).isCloseTo(0.5 * expected, within(1e-5));
                assertThat(figures.trainedTokens()).isEqualTo(1 + 1 + 3 + 2);
                assertThat(figures.tokens()).isZero();
            }
            double[] after = margins(model);
            assertThat(after[0]).isGreaterThan(margins[0] + 0.01);
            assertThat(after[1]).isGreaterThan(margins[1] + 0.01);
        }
    }

    @Test
    void raisesAnExternalRouteThatIsAMember() throws CanceledJobException {
        TrainingSequence route = TrainingSequence.external(new int[] {2, 14}, new int[] {13, 5}, 0.5, 1, 0.1);
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            double before = negativeLogProb(model, route);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                StepFigures figures =
                        updater.policy(List.of(route), LOSS, null, Lessons.NONE, null, 1e-3, Progress.silent());
                assertThat(figures.tokens()).isEqualTo(2);
                assertThat(figures.sampledTokens()).isZero();
                assertThat(figures.clipShare()).isNaN();
            }
            assertThat(negativeLogProb(model, route)).isLessThan(before - 0.01);
        }
    }

    private static double[] margins(LanguageModel model) throws CanceledJobException {
        double[] margins = new double[2];
        for (int i = 0; i < 2; i++) {
            StepPair pair = CONTRAST.pairs().get(i);
            margins[i] = negativeLogProb(model, pair.negative()) - negativeLogProb(model, pair.positive());
        }
        return margins;
    }

    /** With an updater of its own: to measure leaves a trace in the moments. */
    private static double negativeLogProb(LanguageModel model, TrainingSequence sequence) throws CanceledJobException {
        TrainingSequence supervised = TrainingSequence.supervised(sequence.prompt(), sequence.completion(), 1);
        try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
            return updater.supervised(List.of(supervised), 0, Progress.silent()).loss();
        }
    }

    private List<float[]> supervised(int microBatchSize) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, microBatchSize)) {
                updater.supervised(sequences(), 1e-3, Progress.silent());
            }
            return TinyModels.weights(model);
        }
    }

    private List<float[]> policy(int microBatchSize) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                LanguageModel reference = TinyModels.micro(folder, 2)) {
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, microBatchSize)) {
                updater.policy(sequences(), LOSS, reference.tensors(), Lessons.NONE, CONTRAST, 1e-3, Progress.silent());
            }
            return TinyModels.weights(model);
        }
    }

    private static void assertClose(List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).containsExactly(expected.get(i), within(2e-6f));
        }
    }
}
