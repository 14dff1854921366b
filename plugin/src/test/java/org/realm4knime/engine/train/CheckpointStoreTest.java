package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;

class CheckpointStoreTest {

    @TempDir
    private Path folder;

    private Path checkpoints;
    private LanguageModel model;
    private ModelUpdater updater;
    private TrainingHistory history;

    @BeforeEach
    void open() throws CanceledJobException {
        checkpoints = folder.resolve("checkpoints");
        model = TinyModels.micro(folder.resolve("model"), 1);
        updater = new ModelUpdater(model, OptimizerSettings.of(1e-3), 0);
        train(updater);
        history = new TrainingHistory();
        history.rows().add(LogRows.supervised(1, StepFigures.NONE, 1e-3, 3, 100));
        history.warn("careful");
    }

    @AfterEach
    void close() {
        updater.close();
        model.close();
    }

    private static void train(ModelUpdater updater) throws CanceledJobException {
        TrainingSequence sequence = TrainingSequence.supervised(new int[] {2, 14}, new int[] {5, 1}, 0.5);
        updater.supervised(List.of(sequence), 1e-3, Progress.silent());
    }

    @Test
    void restoresWeightsMomentsAndHistory() throws CanceledJobException {
        new CheckpointStore(checkpoints, "a").save(1, updater, history);
        TrainingHistory restored = new TrainingHistory();
        try (LanguageModel other = TinyModels.micro(folder.resolve("other"), 2);
                ModelUpdater otherUpdater = new ModelUpdater(other, OptimizerSettings.of(1e-3), 0)) {
            new CheckpointStore(checkpoints, "a").restore(otherUpdater, restored);
            assertThat(otherUpdater.state().updates()).isEqualTo(1);

            // the next step shows that moments and step count came along
            train(updater);
            train(otherUpdater);
            assertThat(TinyModels.weights(other)).usingRecursiveComparison().isEqualTo(TinyModels.weights(model));
        }
        assertThat(restored.rows().toString()).isEqualTo(history.rows().toString());
        assertThat(restored.warnings()).containsExactly("careful");
    }

    @Test
    void keepsTheNewestOnly() throws IOException {
        CheckpointStore store = new CheckpointStore(checkpoints, "a");
        store.save(1, updater, history);
        store.save(3, updater, history);

        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("step-3"));
    }

    @Test
    void passesOverOneThatWasNeverFinished() throws IOException {
        new CheckpointStore(checkpoints, "a").save(1, updater, history);
        Files.createDirectories(checkpoints.resolve("writing-2"));
        TrainingHistory restored = new TrainingHistory();

        new CheckpointStore(checkpoints, "a").restore(updater, restored);
        assertThat(restored.rows()).hasSize(1);

        new CheckpointStore(checkpoints, "a").save(2, updater, history);
        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("step-2"));
    }

    @Test
    void oneOfAnotherTrainingIsNotInTheWay() throws IOException {
        new CheckpointStore(checkpoints, "other").save(2, updater, history);

        new CheckpointStore(checkpoints, "a").save(2, updater, history);

        TrainingHistory restored = new TrainingHistory();
        new CheckpointStore(checkpoints, "a").restore(updater, restored);
        assertThat(restored.rows()).hasSize(1);
        assertThat(restored.warnings()).containsExactly("careful");
        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("step-2"));
    }

    @Test
    void namesADamagedOne() throws IOException {
        CheckpointStore store = new CheckpointStore(checkpoints, "a");
        store.save(1, updater, history);
        Files.writeString(checkpoints.resolve("step-1/moments.bin"), "short");
        assertThatThrownBy(() -> store.restore(updater, new TrainingHistory()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("step-1")
                .hasMessageContaining("5 bytes");

        Files.writeString(checkpoints.resolve("step-1/state.json"), "{");
        assertThatThrownBy(() -> store.restore(updater, new TrainingHistory()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Delete that folder");
    }

    @Test
    void deletesCheckpointsAndNothingElse() throws IOException {
        new CheckpointStore(checkpoints, "a").save(1, updater, history);
        Files.writeString(checkpoints.resolve("notes.txt"), "mine");

        CheckpointStore.delete(checkpoints);
        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("notes.txt"));
        CheckpointStore.delete(folder.resolve("nowhere"));
    }
}
