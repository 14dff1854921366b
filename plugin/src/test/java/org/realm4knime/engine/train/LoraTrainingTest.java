package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;

/** Training of adapters: what moves, what stays, and going on. */
class LoraTrainingTest {

    private static final OptimizerSettings OPTIMIZER = OptimizerSettings.of(1e-2);
    private static final PolicyLoss LOSS = new PolicyLoss(1, 0.2, 0.28, 0.1);
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
                    new TrainingSequence(new int[] {2 + i, 12, 3, 14}, completion, 1.0 / tokens, i - 3.5, logProbs));
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
                updater.supervised(sequences(), 1e-2, Progress.silent());
                updater.supervised(sequences(), 1e-2, Progress.silent());
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
                updater.supervised(sequences(), 1e-2, Progress.silent());
                updater.supervised(sequences(), 1e-2, Progress.silent());
                trained = updater.supervised(sequences(), 0, Progress.silent()).loss();
            }
            // the loss of the merged weights, computed without an adapter
            try (ModelUpdater plain = new ModelUpdater(model, OPTIMIZER, 0)) {
                assertThat(plain.supervised(sequences(), 0, Progress.silent()).loss())
                        .isCloseTo(trained, within(1e-5));
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
                    updater.policy(sequences(), LOSS, reference, Lessons.NONE, null, 1e-2, Progress.silent());
                } else {
                    updater.supervised(sequences(), 1e-2, Progress.silent());
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
            StepFigures first =
                    updater.policy(sequences(), LOSS, reference, Lessons.NONE, null, 1e-2, Progress.silent());
            StepFigures second =
                    updater.policy(sequences(), LOSS, reference, Lessons.NONE, null, 1e-2, Progress.silent());
            assertThat(first.kl()).isCloseTo(0, within(1e-6));
            assertThat(second.kl()).isPositive();
        }
    }

    @Test
    void goesOnWithAnAdapterOfEqualSettings() throws CanceledJobException {
        try (LanguageModel model = model(1)) {
            List<float[]> base = TinyModels.weights(model);
            try (ModelUpdater updater = updater(model, LORA, 0)) {
                updater.supervised(sequences(), 1e-2, Progress.silent());
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

    private static List<SupervisedExample> sums() {
        List<SupervisedExample> sums = new ArrayList<>();
        for (int a = 0; a <= 4; a++) {
            for (int b = 0; b <= 4; b++) {
                sums.add(SupervisedExample.of(a + " + " + b + " :", "= " + (a + b)));
            }
        }
        return sums;
    }

    private static SupervisedSettings supervised(LoraSettings lora, long seed, Path checkpoints) {
        return new SupervisedSettings(10, 8, 4, OPTIMIZER, lora, 0, seed, checkpoints, 4);
    }

    private List<float[]> trained(SupervisedSettings settings, Progress progress) throws CanceledJobException {
        try (LanguageModel model = model(1)) {
            SupervisedTrainer.train(model, sums(), List.of(), settings, progress);
            List<float[]> all = new ArrayList<>(TinyModels.weights(model));
            all.addAll(values(model.adapter().orElseThrow().tensors()));
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnFromACheckpointAsIfNeverInterrupted(boolean dropout) throws Exception {
        LoraSettings lora = dropout ? DROPPING : LORA;
        List<float[]> uninterrupted = trained(supervised(lora, 5, null), Progress.silent());
        Path checkpoints = folder.resolve("checkpoints");

        assertThatThrownBy(() -> trained(supervised(lora, 5, checkpoints), new CancelAfter(17)))
                .isInstanceOf(CanceledJobException.class);
        // a checkpoint holds the adapter and its moments, not the model
        assertThat(checkpoints.resolve("step-5/adapter/adapter_config.json")).isRegularFile();
        assertThat(checkpoints.resolve("step-5/model")).doesNotExist();

        assertThat(trained(supervised(lora, 5, checkpoints), Progress.silent()))
                .usingRecursiveComparison()
                .isEqualTo(uninterrupted);
    }

    @Test
    void namesADamagedCheckpoint() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        assertThatThrownBy(() -> trained(supervised(LORA, 5, checkpoints), new CancelAfter(17)))
                .isInstanceOf(CanceledJobException.class);
        Files.delete(checkpoints.resolve("step-5/adapter/adapter_model.safetensors"));
        assertThatThrownBy(() -> trained(supervised(LORA, 5, checkpoints), Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("step-5")
                .hasMessageContaining("adapter_model.safetensors");
    }

    @Test
    void dropoutIsDrawnFromTheSeed() throws CanceledJobException {
        List<float[]> first = trained(supervised(DROPPING, 5, null), Progress.silent());
        assertThat(trained(supervised(DROPPING, 5, null), Progress.silent()))
                .usingRecursiveComparison()
                .isEqualTo(first);
        LoraSettings without = new LoraSettings(4, 8, 0, DROPPING.targets(), false);
        List<float[]> plain = trained(supervised(without, 5, null), Progress.silent());
        int last = first.size() - 1;
        assertThat(plain.get(last)).isNotEqualTo(first.get(last));
    }

    @Test
    void reinforcementGoesOnFromACheckpointToo() throws CanceledJobException {
        GrpoSettings settings = GrpoSettings.builder()
                .steps(4)
                .promptsPerStep(2)
                .groupSize(3)
                .maxNewTokens(8)
                .klCoefficient(0.05)
                .watch(WatchSettings.OFF)
                .optimizer(OPTIMIZER)
                .lora(DROPPING)
                .seed(4)
                .build();
        Path checkpoints = folder.resolve("checkpoints");
        GrpoSettings kept = settings.toBuilder().checkpointFolder(checkpoints).build();
        try (LanguageModel uninterrupted = SumProblems.beginner(folder.resolve("model"));
                LanguageModel interrupted = uninterrupted.copy();
                LanguageModel resumed = uninterrupted.copy()) {
            List<float[]> start = TinyModels.weights(uninterrupted);
            TrainingResult expected = reinforce(uninterrupted, settings, Progress.silent());
            assertThat(expected.log().get(3).kl()).isPositive();
            assertThatThrownBy(() -> reinforce(interrupted, kept, cancelledAtStep(3)))
                    .isInstanceOf(CanceledJobException.class);
            assertThat(checkpoints.resolve("step-2/adapter")).isDirectory();

            TrainingResult result = reinforce(resumed, kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(result.log())
                    .extracting(LogRow::kl)
                    .containsExactlyElementsOf(
                            expected.log().stream().map(LogRow::kl).toList());
            assertThat(TinyModels.weights(resumed)).usingRecursiveComparison().isNotEqualTo(start);
        }
    }

    private static TrainingResult reinforce(LanguageModel model, GrpoSettings settings, Progress progress)
            throws CanceledJobException {
        return RealmTrainer.train(
                model,
                SumProblems.all(),
                List.of(),
                InductionSchedule.linear(1, 0.25),
                AnswerChecker.of(AnswerType.NUMBER, 0),
                List.of(),
                settings,
                progress);
    }

    /** Cancels once a step has been reported. */
    private static Progress cancelledAtStep(int step) {
        return new Progress() {
            private boolean reached;

            @Override
            public void report(double fraction, String message) {
                reached = reached || message.startsWith("Step " + (step - 1) + " of");
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                if (reached) {
                    throw new CanceledJobException();
                }
            }
        };
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
