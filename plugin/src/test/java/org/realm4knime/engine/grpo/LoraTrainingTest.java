package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.WatchSettings;
import org.realm4knime.engine.update.CancelAfter;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** Trainings of adapters: going on, and dropout. */
class LoraTrainingTest {

    private static final OptimizerSettings OPTIMIZER = OptimizerSettings.of(1e-2);
    private static final LoraSettings LORA = LoraSettings.of(4, 8);
    private static final LoraSettings DROPPING =
            new LoraSettings(4, 8, 0.2, EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.DOWN_PROJ), false);

    @TempDir
    private Path folder;

    private LanguageModel model(long seed) {
        return TinyModels.micro(folder.resolve("model"), seed);
    }

    private static List<float[]> values(List<NDArray> tensors) {
        return tensors.stream().map(NDArray::toFloatArray).toList();
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
        return new SupervisedSettings(
                RunSettings.of(10, seed).withCheckpoints(checkpoints, 4), 8, 4, OPTIMIZER, lora, 0, 0);
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

        assertThatThrownBy(() -> trained(supervised(lora, 5, checkpoints), new CancelAfter(17, "This training takes")))
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
        assertThatThrownBy(() -> trained(supervised(LORA, 5, checkpoints), new CancelAfter(17, "This training takes")))
                .isInstanceOf(CanceledJobException.class);
        Files.delete(checkpoints.resolve("step-5/adapter/adapter_model.safetensors"));
        Files.delete(checkpoints.resolve("step-4/moments.bin"));
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
        GrpoSettings settings = GrpoSettings.DEFAULT
                .withRun(RunSettings.of(4, 4))
                .withRollout(RolloutSettings.DEFAULT.withGroups(2, 3).withMaxNewTokens(8))
                .withLoss(LossSettings.DEFAULT.withKlCoefficient(0.05))
                .withWatch(WatchSettings.OFF)
                .withOptimizer(OPTIMIZER)
                .withLora(DROPPING);
        Path checkpoints = folder.resolve("checkpoints");
        GrpoSettings kept = settings.withRun(settings.run().withCheckpoints(checkpoints, 0));
        try (LanguageModel uninterrupted = SumProblems.beginner(folder.resolve("model"));
                LanguageModel interrupted = uninterrupted.copy();
                LanguageModel resumed = uninterrupted.copy()) {
            List<float[]> start = TinyModels.weights(uninterrupted);
            TrainingResult expected = reinforce(uninterrupted, settings, Progress.silent());
            assertThat(expected.log().get(3).policy().kl()).isPositive();
            assertThatThrownBy(() -> reinforce(interrupted, kept, cancelledAtStep(3)))
                    .isInstanceOf(CanceledJobException.class);
            assertThat(checkpoints.resolve("step-2/adapter")).isDirectory();

            TrainingResult result = reinforce(resumed, kept, Progress.silent());

            assertThat(TinyModels.weights(resumed))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyModels.weights(uninterrupted));
            assertThat(result.log())
                    .extracting(row -> row.policy().kl())
                    .containsExactlyElementsOf(expected.log().stream()
                            .map(row -> row.policy().kl())
                            .toList());
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
}
