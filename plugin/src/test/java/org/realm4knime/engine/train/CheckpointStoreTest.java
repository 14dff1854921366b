package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.WeightStore;

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
            new CheckpointStore(checkpoints, "a", List.of()).restore(otherWorker, restored, Progress.silent());
            assertThat(otherWorker.steps()).isEqualTo(1);

            // the next step shows that moments and step count came along
            train(worker);
            train(otherWorker);
            assertThat(TinyModels.weights(other)).usingRecursiveComparison().isEqualTo(TinyModels.weights(model));
        }
        assertThat(restored.rows().toString()).isEqualTo(history.rows().toString());
        assertThat(restored.warnings()).containsExactly("careful");
    }

    private CheckpointStore store(CheckpointStore.Part... parts) {
        return new CheckpointStore(checkpoints, "a", List.of(parts));
    }

    /** A checkpoint of step 1 and one of step 2, which is the same but for its number. */
    private void saveTwo() {
        CheckpointStore store = store();
        store.save(1, worker, history);
        history.rows().add(LogRowOf.supervised(2));
        store.save(2, worker, history);
    }

    @Test
    void keepsTheOneBeforeTheNewest() throws IOException {
        CheckpointStore store = store();
        store.save(1, worker, history);
        store.save(3, worker, history);
        assertThat(checkpoints.toFile().list()).containsExactlyInAnyOrder("step-1", "step-3");

        store.save(4, worker, history);
        assertThat(checkpoints.toFile().list()).containsExactlyInAnyOrder("step-3", "step-4");
    }

    static Stream<String> damages() {
        return Stream.of("cut", "turned", "gone", "empty").flatMap(how -> Stream.of(
                        "state.json",
                        "moments.bin",
                        "checksums.json",
                        "model/config.json",
                        "model/tokenizer.json",
                        "model/model.safetensors")
                .map(file -> how + " " + file));
    }

    private static void damage(Path file, String how, Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int place = random.nextInt(content.length);
        switch (how) {
            case "cut" -> Files.write(file, Arrays.copyOf(content, place));
            case "turned" -> {
                content[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, content);
            }
            case "gone" -> Files.delete(file);
            default -> Files.write(file, new byte[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("damages")
    void passesOverADamagedOneAndSaysSo(String damage) throws Exception {
        saveTwo();
        String file = damage.substring(damage.indexOf(' ') + 1);
        damage(
                checkpoints.resolve("step-2").resolve(file),
                damage.substring(0, damage.indexOf(' ')),
                new Random(damage.hashCode()));

        TrainingHistory restored = new TrainingHistory();
        store().restore(worker, restored, Progress.silent());

        assertThat(restored.rows()).hasSize(1);
        assertThat(restored.warnings()).hasSize(2).last().satisfies(warning -> assertThat(warning)
                .startsWith("The checkpoint in " + checkpoints.resolve("step-2") + " is damaged: ")
                .contains(file.equals("checksums.json") ? "" : file)
                .endsWith("So the training went on from the one before it, of step 1."));
    }

    @Test
    void goesOnWritingWhereItPassedOverADamagedOne() throws Exception {
        saveTwo();
        Files.delete(checkpoints.resolve("step-2/moments.bin"));
        CheckpointStore store = store();
        TrainingHistory restored = new TrainingHistory();
        store.restore(worker, restored, Progress.silent());
        restored.rows().add(LogRowOf.supervised(2));

        store.save(2, worker, restored);

        TrainingHistory again = new TrainingHistory();
        store().restore(worker, again, Progress.silent());
        assertThat(again.rows()).hasSize(2);
        assertThat(checkpoints.toFile().list()).containsExactlyInAnyOrder("step-1", "step-2");
    }

    @Test
    void saysWhereAllAreDamaged() throws Exception {
        saveTwo();
        Files.delete(checkpoints.resolve("step-1/moments.bin"));
        Files.delete(checkpoints.resolve("step-2/moments.bin"));

        assertThatThrownBy(() -> store().restore(worker, new TrainingHistory(), Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("step-2 is damaged: moments.bin is missing.")
                .hasMessageContaining("Delete " + checkpoints);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights", "part"})
    void aFullDiskCostsNothingThatWasThere(String where) throws Exception {
        store().save(1, worker, history);
        WeightStore full = where.equals("weights") ? new FullStore(worker) : worker;
        CheckpointStore store = store(
                where.equals("part")
                        ? new FullPart()
                        : new FullPart() {
                            @Override
                            public void write(Path checkpoint) {
                                // there is room for it
                            }
                        });
        store.restore(worker, new TrainingHistory(), Progress.silent());

        assertThatThrownBy(() -> store.save(2, full, history))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("step 2 could not be written to " + checkpoints)
                .hasMessageContaining("No space left on device. Free some space")
                .hasMessageContaining("The checkpoint of step 1 is still there.");
        assertThat(checkpoints.toFile().list()).containsExactly("step-1");
    }

    /** Writes half of the weights. */
    private record FullStore(WeightStore weights) implements WeightStore {
        @Override
        public int steps() {
            return weights.steps();
        }

        @Override
        public void remember() {
            weights.remember();
        }

        @Override
        public void recall() {
            weights.recall();
        }

        @Override
        public void save(Path checkpoint) throws IOException {
            Files.writeString(checkpoint.resolve("moments.bin"), "half");
            throw new IOException("No space left on device");
        }

        @Override
        public void load(Path checkpoint, int stepsTaken, Progress progress) throws IOException, CanceledJobException {
            weights.load(checkpoint, stepsTaken, progress);
        }
    }

    private static class FullPart implements CheckpointStore.Part {
        @Override
        public void write(Path checkpoint) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void read(Path checkpoint) {
            // nothing was written
        }
    }

    @Test
    void aFolderThatWasDeletedIsMadeAgain() throws Exception {
        CheckpointStore store = store();
        store.save(1, worker, history);
        FileUtils.deleteDirectory(checkpoints.toFile());

        store.save(2, worker, history);

        TrainingHistory restored = new TrainingHistory();
        store().restore(worker, restored, Progress.silent());
        assertThat(restored.rows()).hasSize(1);
    }

    @Test
    void itsOwnIsFoundBesideANewerOneOfAnotherTraining() throws Exception {
        store().save(2, worker, history);
        new CheckpointStore(folder.resolve("elsewhere"), "other", List.of()).save(9, worker, history);
        assertThat(folder.resolve("elsewhere/step-9")
                        .toFile()
                        .renameTo(checkpoints.resolve("step-9").toFile()))
                .isTrue();

        TrainingHistory restored = new TrainingHistory();
        store().restore(worker, restored, Progress.silent());

        assertThat(restored.rows()).hasSize(1);
        assertThat(restored.warnings()).containsExactly("careful");
    }

    @Test
    void passesOverOneThatWasNeverFinished() throws Exception {
        new CheckpointStore(checkpoints, "a", List.of()).save(1, worker, history);
        Files.createDirectories(checkpoints.resolve("writing-2"));
        Files.createDirectories(checkpoints.resolve("step-2.old.part")); // nor deleted to the end
        TrainingHistory restored = new TrainingHistory();

        new CheckpointStore(checkpoints, "a", List.of()).restore(worker, restored, Progress.silent());
        assertThat(restored.rows()).hasSize(1);

        new CheckpointStore(checkpoints, "a", List.of()).save(2, worker, history);
        assertThat(checkpoints.toFile().list()).containsExactly("step-2");
    }

    @Test
    void oneOfAnotherTrainingIsNotInTheWay() throws Exception {
        new CheckpointStore(checkpoints, "other", List.of()).save(2, worker, history);

        new CheckpointStore(checkpoints, "a", List.of()).save(2, worker, history);

        TrainingHistory restored = new TrainingHistory();
        new CheckpointStore(checkpoints, "a", List.of()).restore(worker, restored, Progress.silent());
        assertThat(restored.rows()).hasSize(1);
        assertThat(restored.warnings()).containsExactly("careful");
        assertThat(checkpoints.toFile().list()).containsExactly("step-2");
    }
}
