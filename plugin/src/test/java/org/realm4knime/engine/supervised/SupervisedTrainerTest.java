package org.realm4knime.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.CancelAfter;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

class SupervisedTrainerTest {

    private static final OptimizerSettings OPTIMIZER =
            new OptimizerSettings(1e-2, 0.01, 0.9, 0.95, 1e-8, 1, 3, LearningRateDecay.LINEAR, 0.1);

    @TempDir
    private Path folder;

    /** All sums of two digits that have one digit: 55 examples. */
    private static List<SupervisedExample> sums() {
        List<SupervisedExample> sums = new ArrayList<>();
        for (int a = 0; a <= 9; a++) {
            for (int b = 0; a + b <= 9; b++) {
                sums.add(SupervisedExample.of(a + " + " + b + " :", "= " + (a + b)));
            }
        }
        return sums;
    }

    private static SupervisedSettings settings(int steps, Path checkpoints, int every) {
        return new SupervisedSettings(
                RunSettings.of(steps, 5).withCheckpoints(checkpoints, every), 8, 4, OPTIMIZER, null, 0.25, 0);
    }

    @Test
    void learnsAHandfulOfExamplesByHeart() throws Exception {
        List<SupervisedExample> examples = sums().subList(0, 12);
        SupervisedSettings settings = SupervisedSettings.of(100, 12, OPTIMIZER, 1);
        try (LanguageModel model = TinyModels.small(folder, 1)) {
            TrainingResult result = SupervisedTrainer.train(model, examples, List.of(), settings, Progress.silent());

            assertThat(result.log()).hasSize(100);
            // a uniform guess among 22 words
            assertThat(result.log().get(0).loss()).isCloseTo(Math.log(TinyModels.vocabSize()), within(0.6));
            assertThat(result.log().get(99).loss()).isLessThan(0.02);
            assertThat(result.warnings()).isEmpty();
            assertThat(result.completions()).isEmpty();
        }
    }

    @Test
    void epochsDecideTheSteps() throws Exception {
        List<SupervisedExample> examples = sums().subList(0, 12);
        // 2.5 times 12 examples in batches of 8, a quarter of which is replayed: five steps of six new ones
        SupervisedSettings settings = new SupervisedSettings(RunSettings.of(1000, 1), 8, 0, OPTIMIZER, null, 0.25, 2.5);
        try (LanguageModel model = TinyModels.small(folder, 1)) {
            assertThat(SupervisedTrainer.train(model, examples, sums(), settings, Progress.silent())
                            .log())
                    .hasSize(5);
            assertThat(SupervisedTrainer.train(model, examples, List.of(), settings, Progress.silent())
                            .log())
                    .hasSize(4);
        }
    }

    @Test
    void epochsThatAreTooManyAreNamed() {
        SupervisedSettings settings = new SupervisedSettings(RunSettings.of(1, 1), 1, 0, OPTIMIZER, null, 0, 1e9);

        assertThatThrownBy(() -> settings.planned(1000, false))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Give fewer epochs");
    }

    @Test
    void isRepeatableBySeed() throws Exception {
        List<float[]> first = trained(settings(6, null, 0), Progress.silent());
        List<float[]> second = trained(settings(6, null, 0), Progress.silent());

        assertThat(second).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void goesOnFromACheckpointAsIfNeverInterrupted() throws Exception {
        List<float[]> uninterrupted = trained(settings(10, null, 0), Progress.silent());
        Path checkpoints = folder.resolve("checkpoints");

        // a step asks once and then once for each of its two micro-batches: this stops within step 6
        assertThatThrownBy(() -> trained(settings(10, checkpoints, 4), new CancelAfter(17, "This training takes")))
                .isInstanceOf(CanceledJobException.class);
        assertThat(checkpoints.resolve("step-5")).isDirectory();
        assertThat(checkpoints.resolve("step-4")).as("the one before it").isDirectory();

        List<float[]> resumed = trained(settings(10, checkpoints, 4), Progress.silent());
        assertThat(resumed).usingRecursiveComparison().isEqualTo(uninterrupted);
    }

    @Test
    void keepsTheLogOverAnInterruption() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        assertThatThrownBy(() -> trained(settings(10, checkpoints, 0), new CancelAfter(17, "This training takes")))
                .isInstanceOf(CanceledJobException.class);

        try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1)) {
            TrainingResult result = SupervisedTrainer.train(
                    model, sums(), sums().subList(0, 3), settings(10, checkpoints, 0), Progress.silent());
            assertThat(result.log()).extracting(LogRow::step).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            double tokens = result.log().stream()
                    .mapToDouble(row -> settings(10, null, 0).batchSize() * row.completionLength())
                    .sum();
            assertThat(result.spent()).isEqualTo(new Budget(0, 0, Math.round(tokens)));
        }
    }

    @Test
    void doesNotTakeUpACheckpointOfOtherSettings() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        assertThatThrownBy(() -> trained(settings(10, checkpoints, 0), new CancelAfter(17, "This training takes")))
                .isInstanceOf(CanceledJobException.class);

        try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1)) {
            TrainingResult result =
                    SupervisedTrainer.train(model, sums(), List.of(), settings(3, checkpoints, 0), Progress.silent());
            assertThat(result.log()).hasSize(3);
            assertThat(result.warnings()).singleElement().asString().contains("other settings");
        }
    }

    @Test
    void verdictsAloneAreWarnedOfUnlessSomethingKeepsTheRest() throws Exception {
        List<SupervisedExample> verdicts = List.of(SupervisedExample.of("1 + 2 :", "verify right"));
        try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1)) {
            assertThat(SupervisedTrainer.train(model, verdicts, List.of(), settings(1, null, 0), Progress.silent())
                            .warnings())
                    .singleElement()
                    .asString()
                    .contains("how to answer a question without routes", "replay examples", "'Solutions alone too'");
            assertThat(SupervisedTrainer.train(model, verdicts, sums(), settings(1, null, 0), Progress.silent())
                            .warnings())
                    .isEmpty();
        }
    }

    @Test
    void drawsTheReplayedShare() throws Exception {
        // examples of one completion token and replayed ones of five tell apart what was drawn
        List<SupervisedExample> examples = List.of(SupervisedExample.of("1 :", ""));
        List<SupervisedExample> replay = List.of(SupervisedExample.of("2 :", "3 3 3 3"));
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            TrainingResult result =
                    SupervisedTrainer.train(model, examples, replay, settings(1, null, 0), Progress.silent());
            // 6 x 1 + 2 x 5 tokens in 8 examples
            assertThat(result.log().get(0).completionLength()).isEqualTo(2);
            assertThat(result.spent()).isEqualTo(new Budget(0, 0, 16));
        }
    }

    @Test
    void leavesOutWhatTheModelCannotRead() throws Exception {
        List<SupervisedExample> examples =
                List.of(SupervisedExample.of("1 + 1 :", "= 2"), SupervisedExample.of("1 ".repeat(70), "= 2"));
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            TrainingResult result =
                    SupervisedTrainer.train(model, examples, List.of(), settings(1, null, 0), Progress.silent());
            assertThat(result.warnings()).singleElement().asString().contains("1 of 2 training examples");

            assertThatThrownBy(() -> SupervisedTrainer.train(
                            model, examples.subList(1, 2), List.of(), settings(1, null, 0), Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("fits the model");
        }
    }

    @Test
    void stopsWhenTheLossIsNoNumber() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        OptimizerSettings wild = new OptimizerSettings(1e30, 0, 0.9, 0.95, 1e-8, 1, 0, LearningRateDecay.CONSTANT, 1);
        SupervisedSettings settings =
                new SupervisedSettings(RunSettings.of(5, 1).withCheckpoints(checkpoints, 1), 4, 0, wild, null, 0, 0);
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            assertThatThrownBy(() -> SupervisedTrainer.train(model, sums(), List.of(), settings, Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("step 2")
                    .hasMessageContaining("learning rate")
                    .hasMessageContaining("step-1");
        }
    }

    private List<float[]> trained(SupervisedSettings settings, Progress progress) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1)) {
            SupervisedTrainer.train(model, sums(), sums().subList(0, 3), settings, progress);
            return TinyModels.weights(model);
        }
    }
}
