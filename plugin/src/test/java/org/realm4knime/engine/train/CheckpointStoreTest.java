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
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;

class CheckpointStoreTest {

    @TempDir
    private Path folder;

    private Path checkpoints;
    private LanguageModel model;
    private LocalWorker worker;
    private TrainingHistory history;

    @BeforeEach
    void open() throws CanceledJobException {
        checkpoints = folder.resolve("checkpoints");
        model = TinyModels.micro(folder.resolve("model"), 1);
        worker = Workers.of(model);
        train(worker);
        history = new TrainingHistory();
        history.rows().add(LogRowOf.supervised(1));
        history.warn("careful");
    }

    @AfterEach
    void close() {
        worker.close();
        model.close();
    }

    private static void train(TrainingWorker worker) throws CanceledJobException {
        TrainingSequence sequence = TrainingSequence.taught(new int[] {2, 14}, new int[] {5, 1}, 0.5);
        Workers.update(worker, sequence);
    }

    @Test
    void restoresWeightsMomentsAndHistory() throws CanceledJobException {
        new CheckpointStore(checkpoints, "a", List.of()).save(1, worker, history);
        TrainingHistory restored = new TrainingHistory();
        try (LanguageModel other = TinyModels.micro(folder.resolve("other"), 2);
                LocalWorker otherWorker = Workers.of(other)) {
            new CheckpointStore(checkpoints, "a", List.of()).restore(otherWorker, restored);
            assertThat(otherWorker.steps()).isEqualTo(1);

            // the next step shows that moments and step count came along
            train(worker);
            train(otherWorker);
            assertThat(TinyModels.weights(other)).usingRecursiveComparison().isEqualTo(TinyModels.weights(model));
        }
        assertThat(restored.rows().toString()).isEqualTo(history.rows().toString());
        assertThat(restored.warnings()).containsExactly("careful");
    }

    @Test
    void keepsTheNewestOnly() throws IOException {
        CheckpointStore store = new CheckpointStore(checkpoints, "a", List.of());
        store.save(1, worker, history);
        store.save(3, worker, history);

        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("step-3"));
    }

    @Test
    void passesOverOneThatWasNeverFinished() throws IOException {
        new CheckpointStore(checkpoints, "a", List.of()).save(1, worker, history);
        Files.createDirectories(checkpoints.resolve("writing-2"));
        TrainingHistory restored = new TrainingHistory();

        new CheckpointStore(checkpoints, "a", List.of()).restore(worker, restored);
        assertThat(restored.rows()).hasSize(1);

        new CheckpointStore(checkpoints, "a", List.of()).save(2, worker, history);
        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("step-2"));
    }

    @Test
    void oneOfAnotherTrainingIsNotInTheWay() throws IOException {
        new CheckpointStore(checkpoints, "other", List.of()).save(2, worker, history);

        new CheckpointStore(checkpoints, "a", List.of()).save(2, worker, history);

        TrainingHistory restored = new TrainingHistory();
        new CheckpointStore(checkpoints, "a", List.of()).restore(worker, restored);
        assertThat(restored.rows()).hasSize(1);
        assertThat(restored.warnings()).containsExactly("careful");
        assertThat(Files.list(checkpoints)).containsExactly(checkpoints.resolve("step-2"));
    }

    @Test
    void namesADamagedOne() throws IOException {
        CheckpointStore store = new CheckpointStore(checkpoints, "a", List.of());
        store.save(1, worker, history);
        Files.writeString(checkpoints.resolve("step-1/moments.bin"), "short");
        assertThatThrownBy(() -> store.restore(worker, new TrainingHistory()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("step-1")
                .hasMessageContaining("5 bytes");

        Files.writeString(checkpoints.resolve("step-1/state.json"), "{");
        assertThatThrownBy(() -> store.restore(worker, new TrainingHistory()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Delete that folder");
    }
}
