package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

class TeacherStatesTest {

    private static final int[] PROMPT = {3, 12, 4, 14};

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
        TrainingSequence own =
                TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1).withTeacher(PROMPT, 1);
        try (TeacherStates teacher = teacher(model);
                ModelUpdater updater = new ModelUpdater(model, OptimizerSettings.of(1e-3), 0)) {
            assertThat(Updates.distilled(updater, List.of(own), teacher).gradientNorm())
                    .isCloseTo(0, within(1e-6));
        }
    }

    /** In one micro-batch: of rows with prompts of their own, and of rows that share theirs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sequencesWithoutATeacherAreLearnedAsEver(boolean sharedPrompt) throws CanceledJobException {
        int[] other = sharedPrompt ? new int[] {5, 12, 6, 14} : new int[] {7, 12, 2};
        TrainingSequence own =
                TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1).withTeacher(PROMPT, 1);
        TrainingSequence first = TrainingSequence.taught(new int[] {5, 12, 6, 14}, new int[] {13, 8, 1}, 0.2);
        TrainingSequence second = TrainingSequence.taught(other, new int[] {13, 11}, 0.1);
        try (TeacherStates teacher = teacher(model);
                ModelUpdater updater = new ModelUpdater(model, OptimizerSettings.of(1e-3), 0)) {
            double without =
                    Updates.supervised(updater, List.of(first, second), 0).gradientNorm();
            assertThat(Updates.distilled(updater, List.of(first, own, second), teacher)
                            .gradientNorm())
                    .isCloseTo(without, within(1e-5));
            assertThat(Updates.distilled(updater, List.of(first, second), teacher)
                            .gradientNorm())
                    .isCloseTo(without, within(1e-6));
        }
    }

    /** Alone, row by row; in one call; and where they share the teacher's prompt. */
    @Test
    void statesAreTheSameHoweverTheTeacherReadsThem() throws CanceledJobException {
        MicroBatch batch = MicroBatch.plain(
                List.of(
                        TrainingSequence.taught(PROMPT, new int[] {13, 9, 1}, 0.1)
                                .withTeacher(new int[] {21, 11, 3, 12, 4, 14}, 0.3),
                        TrainingSequence.taught(PROMPT, new int[] {13, 8}, 0.1),
                        TrainingSequence.taught(PROMPT, new int[] {5}, 0.1).withTeacher(new int[] {21, 7}, 0.3),
                        TrainingSequence.taught(PROMPT, new int[] {6, 1}, 0.1)
                                .withTeacher(new int[] {21, 11, 3, 12, 4, 14}, 0.3)),
                0);
        Teacher.Fixed itself = new Teacher.Fixed(model, 16);
        try (TeacherStates alone = new TeacherStates(itself, model, new Batcher(1, 16, 1, 0));
                TeacherStates together = new TeacherStates(itself, model, new Batcher(0, 1000, 1, 0));
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
        MicroBatch read = MicroBatch.plain(List.of(TrainingSequence.taught(PROMPT, new int[] {13, 9}, 1)), 0);
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

    private static TeacherStates teacher(LanguageModel model) {
        return TeacherStates.of(new Teacher.Fixed(model, 16), model);
    }
}
