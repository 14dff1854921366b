package org.realm4knime.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.CancelAfter;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

class TeacherDistributionTest {

    private static final SupervisedSettings SETTINGS = SupervisedSettings.of(60, 4, OptimizerSettings.of(1e-2), 1);

    private static final List<SupervisedExample> LEARNED = List.of(SupervisedExample.of("2 + 2 :", "= 5"));
    private static final List<SupervisedExample> KNOWN =
            List.of(LEARNED.get(0), SupervisedExample.of("rule 2 + 2 :", "= 9"));

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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatOnlyTheTeacherReadsBecomesTheStudentsOwn(boolean lora) throws CanceledJobException {
        SupervisedTrainer.train(model, KNOWN, List.of(), SETTINGS, Progress.silent());
        // the completion has the student's own answer; its tokens do not count
        TrainingResult result = learnFromItself(lora ? adapter() : SETTINGS, Progress.silent());

        assertThat(result.warnings()).isEmpty();
        assertThat(new Generator(model, 1)
                        .generate(List.of("2 + 2 :"), 1, SamplingSettings.greedy(2), Progress.silent())
                        .get(0)
                        .get(0)
                        .text()
                        .strip())
                .isEqualTo("= 9");
    }

    /** The teacher that goes on is the student as it was before the training, not as it was when it was stopped. */
    @Test
    void goesOnFromACheckpointWithTheTeacherThatItBeganWith() throws CanceledJobException {
        SupervisedTrainer.train(model, KNOWN, List.of(), SETTINGS, Progress.silent());
        Path before = folder.resolve("before");
        model.write(before);
        learnFromItself(SETTINGS, Progress.silent());
        List<float[]> uninterrupted = TinyModels.weights(model);
        SupervisedSettings kept = SETTINGS.withRun(SETTINGS.run().withCheckpoints(folder.resolve("checkpoints"), 20));

        goOn(before);
        assertThatThrownBy(() -> learnFromItself(kept, new CancelAfter(130, "This training takes")))
                .isInstanceOf(CanceledJobException.class);
        goOn(before);
        TrainingResult resumed = learnFromItself(kept, Progress.silent());

        assertThat(resumed.warnings()).isEmpty();
        assertThat(resumed.log()).hasSize(60);
        assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(uninterrupted);
    }

    @Test
    void aCheckpointOfAnotherShareIsNotTakenUp() throws CanceledJobException {
        Path before = folder.resolve("before");
        model.write(before);
        SupervisedSettings kept = SETTINGS.withRun(SETTINGS.run().withCheckpoints(folder.resolve("checkpoints"), 20));
        assertThatThrownBy(() -> learnFromItself(kept, new CancelAfter(130, "This training takes")))
                .isInstanceOf(CanceledJobException.class);
        goOn(before);
        TeacherDistribution half = new TeacherDistribution(model, 0.5, List.of("rule 2 + 2 :"));
        TrainingResult result = SupervisedTrainer.train(model, LEARNED, List.of(), half, kept, Progress.silent());

        assertThat(result.warnings()).singleElement().asString().contains("other settings");
    }

    private void goOn(Path saved) {
        model.close();
        model = LanguageModel.read(saved);
    }

    private TrainingResult learnFromItself(SupervisedSettings settings, Progress progress) throws CanceledJobException {
        return SupervisedTrainer.train(
                model,
                LEARNED,
                List.of(),
                new TeacherDistribution(model, 1, List.of("rule 2 + 2 :")),
                settings,
                progress);
    }

    private static SupervisedSettings adapter() {
        LoraSettings lora = new LoraSettings(8, 16, 0, Set.of(LoraTarget.values()), false);
        return new SupervisedSettings(SETTINGS.run(), 4, 0, SETTINGS.optimizer(), lora, 0, 0);
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
}
