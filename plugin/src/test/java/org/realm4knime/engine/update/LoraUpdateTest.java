package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;

/** Updates of adapters: what moves and what stays. */
class LoraUpdateTest {

    private static final OptimizerSettings OPTIMIZER = OptimizerSettings.of(1e-2);
    private static final PolicyLoss LOSS = new PolicyLoss(1, 0.2, 0.28);
    private static final LoraSettings LORA = LoraSettings.of(4, 8);
    private static final LoraSettings DROPPING =
            new LoraSettings(4, 8, 0.2, EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.DOWN_PROJ), false);

    @TempDir
    private Path folder;

    private LanguageModel model(long seed) {
        return TinyModels.micro(folder.resolve("model"), seed);
    }

    private static ModelUpdater updater(LanguageModel model, LoraSettings lora, int microBatchSize) {
        return new ModelUpdater(ModelUpdater.trainables(model, lora, 1), OPTIMIZER, microBatchSize, false);
    }

    private static List<TrainingSequence> sequences() {
        List<TrainingSequence> sequences = new ArrayList<>();
        int tokens = 8 * 3 + 28;
        for (int i = 0; i < 8; i++) {
            int[] completion = new int[3 + i];
            Arrays.fill(completion, 4 + i);
            float[] logProbs = new float[3 + i];
            Arrays.fill(logProbs, -3.1f);
            sequences.add(
                    TrainingSequence.sampled(new int[] {2 + i, 12, 3, 14}, completion, 1.0 / tokens, i - 3.5, logProbs)
                            .withDivergence(0.1));
        }
        return sequences;
    }

    private static List<float[]> values(List<NDArray> tensors) {
        return tensors.stream().map(NDArray::toFloatArray).toList();
    }

    private static void assertClose(List<float[]> actual, List<float[]> expected, float tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).containsExactly(expected.get(i), within(tolerance));
        }
    }

    @Test
    void movesEveryMatrixOfTheAdapterAndNoBaseWeight() throws CanceledJobException {
        try (LanguageModel model = model(1)) {
            List<float[]> before = TinyModels.weights(model);
            LoraAdapter adapter;
            try (ModelUpdater updater = updater(model, LORA, 0)) {
                adapter = model.adapter().orElseThrow();
                List<float[]> start = values(adapter.tensors());
                // B moves in the first step; A, whose gradient is zero while B is, in the second
                Updates.supervised(updater, sequences(), 1e-2);
                Updates.supervised(updater, sequences(), 1e-2);
                List<float[]> moved = values(adapter.tensors());
                for (int i = 0; i < start.size(); i++) {
                    assertThat(moved.get(i))
                            .as(adapter.parameters().get(i).name())
                            .isNotEqualTo(start.get(i));
                }
                assertThat(values(updater.trainables().reference()))
                        .usingRecursiveComparison()
                        .isEqualTo(before);
            }
            // what is merged in the end: the adapted weights, and no others
            List<float[]> after = TinyModels.weights(model);
            for (int i = 0; i < before.size(); i++) {
                boolean same = Arrays.equals(after.get(i), before.get(i));
                assertThat(same)
                        .as(model.parameters().get(i).name())
                        .isEqualTo(!adapter.adaptedWeights().contains(i));
            }
        }
    }

    @Test
    void keepsMomentsForTheAdapterOnly() {
        try (LanguageModel model = model(1);
                ModelUpdater updater = updater(model, DROPPING, 0)) {
            long adapter = model.adapter().orElseThrow().tensors().stream()
                    .mapToLong(NDArray::size)
                    .sum();
            // two layers; query: 16 inputs and outputs, down: 32 inputs and 16 outputs
            assertThat(adapter).isEqualTo(2 * 4 * (16 + 16 + 32 + 16));
            for (List<NDArray> moments :
                    List.of(updater.state().means(), updater.state().squares())) {
                assertThat(moments.stream().mapToLong(NDArray::size).sum()).isEqualTo(adapter);
            }
        }
    }

    @Test
    void trainsTheMergedModel() throws CanceledJobException {
        try (LanguageModel model = model(1)) {
            double trained;
            try (ModelUpdater updater = updater(model, LORA, 0)) {
                Updates.supervised(updater, sequences(), 1e-2);
                Updates.supervised(updater, sequences(), 1e-2);
                trained = Updates.supervised(updater, sequences(), 0).loss();
            }
            // the loss of the merged weights, computed without an adapter
            try (ModelUpdater plain = new ModelUpdater(model, OPTIMIZER, 0)) {
                assertThat(Updates.supervised(plain, sequences(), 0).loss()).isCloseTo(trained, within(1e-5));
            }
            assertThat(model.adapter()).isEmpty();
        }
    }

    @Test
    void changesTheSameInOneBatchAndInEight() throws CanceledJobException {
        for (boolean policy : new boolean[] {false, true}) {
            assertClose(twoSteps(1, policy), twoSteps(8, policy), 2e-6f);
        }
    }

    /** With an epsilon that keeps AdamW from blowing up rounding where a gradient is nearly zero. */
    private List<float[]> twoSteps(int microBatchSize, boolean policy) throws CanceledJobException {
        OptimizerSettings smooth = new OptimizerSettings(1e-2, 0, 0.9, 0.95, 1e-2, 1, 0, LearningRateDecay.CONSTANT, 1);
        try (LanguageModel model = model(1);
                ModelUpdater updater =
                        new ModelUpdater(ModelUpdater.trainables(model, LORA, 1), smooth, microBatchSize, false)) {
            List<NDArray> reference = updater.trainables().reference();
            for (int step = 0; step < 2; step++) {
                if (policy) {
                    Updates.policy(updater, sequences(), LOSS, reference, 1e-2);
                } else {
                    Updates.supervised(updater, sequences(), 1e-2);
                }
            }
            return values(model.adapter().orElseThrow().tensors());
        }
    }

    @Test
    void measuresDivergenceFromTheBase() throws CanceledJobException {
        try (LanguageModel model = model(1);
                ModelUpdater updater = updater(model, LORA, 0)) {
            List<NDArray> reference = updater.trainables().reference();
            Updates.Done first = Updates.policy(updater, sequences(), LOSS, reference, 1e-2);
            Updates.Done second = Updates.policy(updater, sequences(), LOSS, reference, 1e-2);
            assertThat(first.figures().kl()).isCloseTo(0, within(1e-6));
            assertThat(second.figures().kl()).isPositive();
        }
    }

    @Test
    void goesOnWithAnAdapterOfEqualSettings() throws CanceledJobException {
        try (LanguageModel model = model(1)) {
            List<float[]> base = TinyModels.weights(model);
            try (ModelUpdater updater = updater(model, LORA, 0)) {
                Updates.supervised(updater, sequences(), 1e-2);
            }
            LoraAdapter adapter = model.adapter().orElseThrow();
            try (ModelUpdater updater = updater(model, LORA, 0)) {
                assertThat(model.adapter()).containsSame(adapter);
                assertClose(values(updater.trainables().reference()), base, 1e-6f);
            }
            List<float[]> merged = TinyModels.weights(model);
            try (ModelUpdater updater = updater(model, LoraSettings.of(2, 8), 0)) {
                assertThat(model.adapter().orElseThrow()).isNotSameAs(adapter);
                assertThat(values(updater.trainables().reference()))
                        .usingRecursiveComparison()
                        .isEqualTo(merged);
            }
        }
    }

    @Test
    void trainingAllWeightsForgetsTheAdapter() {
        try (LanguageModel model = model(1)) {
            model.startAdapter(LORA, 1);
            try (ModelUpdater updater = new ModelUpdater(model, OPTIMIZER, 0)) {
                assertThat(updater.model().adapter()).isEmpty();
            }
        }
    }

    @Test
    void targetsDecideTheSize() {
        LoraSettings one = new LoraSettings(4, 8, 0, Set.of(LoraTarget.V_PROJ), false);
        try (LanguageModel model = model(1)) {
            // value: 16 inputs, one head of 8
            assertThat(model.startAdapter(one, 1).tensors().stream()
                            .mapToLong(NDArray::size)
                            .sum())
                    .isEqualTo(2 * 4 * (16 + 8));
        }
    }
}
