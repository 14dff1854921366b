package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.model.LoraTarget;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.torch.TensorScope;

class TeacherDistributionTest {

    private static final int[] PROMPT = {3, 12, 4, 14};
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

    /** In one micro-batch: of rows with prompts of their own, and of rows that share theirs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sequencesWithoutATeacherAreLearnedAsEver(boolean sharedPrompt) throws CanceledJobException {
        int[] other = sharedPrompt ? new int[] {5, 12, 6, 14} : new int[] {7, 12, 2};
        TrainingSequence own = TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1, PROMPT);
        TrainingSequence first = TrainingSequence.supervised(new int[] {5, 12, 6, 14}, new int[] {13, 8, 1}, 0.2);
        TrainingSequence second = TrainingSequence.supervised(other, new int[] {13, 11}, 0.1);
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

    /** Alone, row by row; in one call; and where they share the teacher's prompt. */
    @Test
    void statesAreTheSameHoweverTheTeacherReadsThem() throws CanceledJobException {
        MicroBatch batch = MicroBatch.plain(
                List.of(
                        TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1, new int[] {21, 11, 3, 12, 4, 14}),
                        TrainingSequence.supervised(PROMPT, new int[] {13, 8}, 0.1),
                        TrainingSequence.taught(PROMPT, new int[] {5}, 0.1, new int[] {21, 7}),
                        TrainingSequence.taught(PROMPT, new int[] {6, 1}, 0.1, new int[] {21, 11, 3, 12, 4, 14})),
                0);
        TeacherDistribution distribution = new TeacherDistribution(model, 0.3, List.of());
        try (TeacherStates alone = new TeacherStates(distribution, model, 16, new Batcher(1, 16, 1, 0));
                TeacherStates together = new TeacherStates(distribution, model, 16, new Batcher(0, 1000, 1, 0));
                TensorScope scope = new TensorScope()) {
            Map<String, NDArray> expected = alone.terms(scope, batch, Progress.silent());
            Map<String, NDArray> actual = together.terms(scope, batch, Progress.silent());

            assertThat(expected.get("teacher_share").toFloatArray())
                    .containsExactly(.3f, .3f, .3f, 0, 0, .3f, .3f, .3f);
            assertThat(actual.get("teacher_share").toFloatArray())
                    .containsExactly(expected.get("teacher_share").toFloatArray());
            float[] states = expected.get("teacher_states").toFloatArray();
            assertThat(Arrays.copyOfRange(states, 3 * 48, 5 * 48)).containsOnly(0);
            assertThat(Arrays.copyOfRange(states, 5 * 48, 8 * 48)).doesNotContain(0);
            assertThat(actual.get("teacher_states").toFloatArray()).containsExactly(states, within(1e-5f));
            assertThatThrownBy(() -> alone.terms(scope, batch, new CancelAfter(2)))
                    .as("before the third of three rows")
                    .isInstanceOf(CanceledJobException.class);
        }
    }

    /** What a GPU does: the program computes in bfloat16, and gives states in float32, which are close. */
    @Test
    void statesOfBfloat16AreGivenInFloat32() {
        MicroBatch read = MicroBatch.plain(List.of(TrainingSequence.supervised(PROMPT, new int[] {13, 9}, 1)), 0);
        try (DecoderProgram rounding = DecoderProgram.load(model.config(), Map.of("half", true), ModelUpdater.SOURCES);
                TensorScope scope = new TensorScope()) {
            NDArray exact = scope.zeros(2, 48);
            NDArray rounded = scope.zeros(2, 48);
            readInto(exact, DecoderProgram.shared(model.config(), ModelUpdater.SOURCES), scope, read);
            readInto(rounded, rounding, scope, read);

            assertThat(exact.toFloatArray()).doesNotContain(0);
            // 8 bits of mantissa, through two layers
            assertThat(rounded.toFloatArray())
                    .containsExactly(exact.toFloatArray(), within(0.1f))
                    .isNotEqualTo(exact.toFloatArray());
        }
    }

    private void readInto(NDArray states, DecoderProgram program, TensorScope scope, MicroBatch read) {
        MicroBatch.Tensors tensors = read.tensors(scope);
        NDArray places = scope.longs(new long[] {0, 1}, 2);
        program.call(
                scope,
                "teacher_states",
                model.tensors(),
                tensors.rows(),
                tensors.positions(),
                places,
                states,
                program.rope(scope, 16));
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
        SupervisedSettings kept = new SupervisedSettings(
                60, 4, 0, OptimizerSettings.of(1e-2), null, 0, 1, folder.resolve("checkpoints"), 20);

        goOn(before);
        assertThatThrownBy(() -> learnFromItself(kept, new CancelAfter(130))).isInstanceOf(CanceledJobException.class);
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
        SupervisedSettings kept = new SupervisedSettings(
                60, 4, 0, OptimizerSettings.of(1e-2), null, 0, 1, folder.resolve("checkpoints"), 20);
        assertThatThrownBy(() -> learnFromItself(kept, new CancelAfter(130))).isInstanceOf(CanceledJobException.class);
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
        return new SupervisedSettings(60, 4, 0, OptimizerSettings.of(1e-2), lora, 0, 1, null, 0);
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
