package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;

class TeacherDistributionTest {

    private static final int[] PROMPT = {3, 12, 4, 14};
    private static final SupervisedSettings SETTINGS = SupervisedSettings.of(60, 4, OptimizerSettings.of(1e-2), 1);

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void createModel() {
        model = TinyModels.small(folder.resolve("model"), 3);
    }

    @AfterEach
    void closeModel() {
        model.close();
    }

    /** At p = q the gradient p - q is 0, whatever the token. */
    @Test
    void nobodyLearnsFromThemselvesAtTheSamePrompt() throws CanceledJobException {
        TrainingSequence own = TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1, PROMPT);
        try (TeacherStates teacher = teacher(model, 1);
                ModelUpdater updater = new ModelUpdater(model, OptimizerSettings.of(1e-3), 0)) {
            assertThat(updater.distilled(List.of(own), teacher, 0, Progress.silent())
                            .gradientNorm())
                    .isCloseTo(0, within(1e-6));
        }
    }

    /** Next to sequences that have no teacher, and in micro-batches of rows with and of rows without shared prompts. */
    @Test
    void sequencesWithoutATeacherAreLearnedAsEver() throws CanceledJobException {
        TrainingSequence own = TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1, PROMPT);
        TrainingSequence first = TrainingSequence.supervised(new int[] {5, 12, 6, 14}, new int[] {13, 8, 1}, 0.2);
        TrainingSequence second = TrainingSequence.supervised(new int[] {5, 12, 6, 14}, new int[] {13, 11}, 0.1);
        try (TeacherStates teacher = teacher(model, 1);
                ModelUpdater updater = new ModelUpdater(model, OptimizerSettings.of(1e-3), 0)) {
            double without = updater.supervised(List.of(first, second), 0, Progress.silent())
                    .gradientNorm();
            assertThat(updater.distilled(List.of(first, own, second), teacher, 0, Progress.silent())
                            .gradientNorm())
                    .isCloseTo(without, within(1e-5));
            assertThat(updater.distilled(List.of(first, second), teacher, 0, Progress.silent())
                            .gradientNorm())
                    .isCloseTo(without, within(1e-6));
        }
    }

    @Test
    void whatOnlyTheTeacherReadsBecomesTheStudentsOwn() throws CanceledJobException {
        SupervisedTrainer.train(
                model,
                List.of(SupervisedExample.of("2 + 2 :", "= 5"), SupervisedExample.of("rule 2 + 2 :", "= 9")),
                List.of(),
                SETTINGS,
                Progress.silent());
        // the completion has the student's own answer; its tokens do not count
        TrainingResult result = SupervisedTrainer.train(
                model,
                List.of(SupervisedExample.of("2 + 2 :", "= 5")),
                List.of(),
                new TeacherDistribution(model, 1, List.of("rule 2 + 2 :")),
                SETTINGS,
                Progress.silent());

        assertThat(result.warnings()).isEmpty();
        assertThat(new Generator(model, 1)
                        .generate(List.of("2 + 2 :"), 1, SamplingSettings.greedy(2), Progress.silent())
                        .get(0)
                        .get(0)
                        .text()
                        .strip())
                .isEqualTo("= 9");
    }

    @Test
    void anExampleTooLongForTheTeacherIsLearnedWithoutIt() throws CanceledJobException {
        TrainingResult result = SupervisedTrainer.train(
                model,
                List.of(SupervisedExample.of("2 + 2 :", "= 5"), SupervisedExample.of("3 + 2 :", "= 5")),
                List.of(),
                new TeacherDistribution(model, 0.5, List.of("rule ".repeat(70) + "2 + 2 :", "3 + 2 :")),
                SupervisedSettings.of(1, 2, OptimizerSettings.of(1e-3), 1),
                Progress.silent());

        assertThat(result.warnings())
                .singleElement()
                .asString()
                .contains("1 of 2 training examples", "too long for the teacher");
    }

    @Test
    void aTeacherOfOtherTokensIsRefused() {
        try (LanguageModel other =
                ModelFixtures.model(ModelFixtures.configs().values().iterator().next(), folder.resolve("other"), 1)) {
            TeacherDistribution distribution = new TeacherDistribution(other, 0.5, List.of("2 + 2 :"));
            List<SupervisedExample> examples = List.of(SupervisedExample.of("2 + 2 :", "= 5"));
            assertThatThrownBy(() -> SupervisedTrainer.train(
                            model, examples, List.of(), distribution, SETTINGS, Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("other tokens than the student")
                    .hasMessageContaining("Set their share to 0");
        }
        assertThatThrownBy(() -> new TeacherDistribution(model, 1.5, List.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("share of token distributions is 1.5");
    }

    private static TeacherStates teacher(LanguageModel model, double share) {
        return new TeacherStates(new TeacherDistribution(model, share, List.of()), model, 16);
    }
}
