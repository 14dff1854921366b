package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** Trainings that go wrong say why, what to do, and what is kept. */
class TrainingFaultsTest {

    @TempDir
    private Path folder;

    private Path checkpoints;

    @BeforeEach
    void name() {
        checkpoints = folder.resolve("checkpoints");
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

    private LanguageModel withoutNumbers() {
        LanguageModel model = TinyModels.micro(folder.resolve("model"), 1);
        NDArray first = model.tensors().get(0);
        float[] values = first.toFloatArray();
        values[7] = Float.NaN;
        first.set(values);
        return model;
    }

    private SupervisedSettings supervised(double learningRate, int steps) {
        OptimizerSettings optimizer =
                new OptimizerSettings(learningRate, 0, 0.9, 0.95, 1e-8, 1, 0, LearningRateDecay.CONSTANT, 1);
        return new SupervisedSettings(
                RunSettings.of(steps, 1).withCheckpoints(checkpoints, 1), 8, 0, optimizer, null, 0);
    }

    @Test
    void weightsThatAreNoNumbersEndASupervisedTraining() {
        try (LanguageModel model = withoutNumbers()) {
            assertThatThrownBy(() ->
                            SupervisedTrainer.train(model, sums(), List.of(), supervised(1e-3, 3), Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("step 1")
                    .hasMessageContaining("weights may hold numbers that are not finite");
        }
        assertThat(checkpoints).doesNotExist();
    }

    @Test
    void weightsThatAreNoNumbersEndAReinforcementTraining() {
        GrpoSettings settings = RlTrainings.teaching(3, 8).withRun(RunSettings.of(3, 4));
        try (LanguageModel model = withoutNumbers()) {
            assertThatThrownBy(() ->
                            RlTrainings.train(model, InductionSchedule.constant(1, 0), settings, Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("Training stopped at step 1: The model new llama computes something that is"
                            + " no number (NaN). Its weights are damaged");
        }
    }

    /** Clipped gradients keep every number finite, and yet all is lost. */
    @Test
    void aLossThatExplodesKeepsTheCheckpointFromBefore() {
        try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1)) {
            assertThatThrownBy(() ->
                            SupervisedTrainer.train(model, sums(), List.of(), supervised(3, 60), Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("worse than a guess among all tokens (3.09)")
                    .hasMessageContaining("lower it to a third")
                    .hasMessageContaining("The checkpoint in " + checkpoints);
        }
    }

    /** One token is never an answer. */
    @Test
    void noRewardInTheWholeTrainingChangesNothingAndIsSaid() throws Exception {
        GrpoSettings settings = RlTrainings.settings(4).withRollout(RlTrainings.ROLLOUT.withMaxNewTokens(1));
        try (LanguageModel model = TinyModels.small(folder.resolve("model"), 1)) {
            List<float[]> before = TinyModels.weights(model);
            TrainingResult result =
                    RlTrainings.train(model, InductionSchedule.constant(0, 0), settings, Progress.silent());

            assertThat(result.log()).hasSize(4).allSatisfy(row -> {
                assertThat(row.rollouts().reward()).isZero();
                assertThat(row.rollouts().zeroVarianceShare()).isEqualTo(1);
            });
            assertThat(result.warnings())
                    .anyMatch(
                            warning -> warning.startsWith("All completions of all steps earned the same reward, 0.00"))
                    .anyMatch(warning -> warning.startsWith("No completion ended with an answer that could be read."));
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(before);
        }
    }
}
