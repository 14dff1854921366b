package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;

/** When a training saves, and that it stops without losing a finished step. */
class TrainingLoopTest {

    private static final int STEPS = 6;

    @TempDir
    private Path folder;

    private Path checkpoints;
    private LanguageModel model;
    private LocalWorker worker;
    private final TrainingHistory history = new TrainingHistory();
    private final AtomicLong clock = new AtomicLong();
    private final Told told = new Told();

    @BeforeEach
    void open() {
        checkpoints = folder.resolve("checkpoints");
        model = TinyModels.micro(folder.resolve("model"), 1);
        worker = Workers.of(model);
    }

    @AfterEach
    void close() {
        worker.close();
        model.close();
    }

    /** Keeps what it is told and cancels when it is asked the given question of the given step. */
    private static final class Told implements Progress {

        private final List<String> messages = new ArrayList<>();
        private boolean canceled;

        @Override
        public void report(double fraction, String message) {
            messages.add(message);
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            if (canceled) {
                throw new CanceledJobException();
            }
        }
    }

    private TrainingLoop loop(int checkpointEvery) {
        return loop(checkpointEvery, STEPS);
    }

    private TrainingLoop loop(int checkpointEvery, int steps) {
        return new TrainingLoop(
                worker,
                history,
                new CheckpointStore(checkpoints, "a", List.of()),
                RunSettings.of(steps, 1).withCheckpoints(checkpoints, checkpointEvery),
                clock::get);
    }

    /**
     * A step of two updates, a second each, which asks before each of them.
     *
     * @param cancelIn the step in which the user cancels
     * @param before number of the update before which that happens, from 0; 2 is after both
     */
    private TrainingLoop.Step step(int cancelIn, int before) {
        return (step, progress) -> {
            for (int update = 0; update <= 2; update++) {
                told.canceled |= step == cancelIn && update == before;
                progress.checkCanceled();
                if (update < 2) {
                    Workers.update(worker, TrainingSequence.taught(new int[] {2, 14}, new int[] {5, 1}, 0.5));
                    clock.addAndGet(Duration.ofSeconds(1).toNanos());
                    progress.report(0.5 * (update + 1), "update");
                }
            }
            return LogRowOf.supervised(step);
        };
    }

    /** The checkpoints that there are, in their order. */
    private List<String> saved() {
        String[] names = checkpoints.toFile().list();
        return names == null ? List.of() : Stream.of(names).sorted().toList();
    }

    private TrainingLoop.Step failingIn(int failIn, Runnable failure) {
        return (step, progress) -> {
            if (step == failIn) {
                failure.run();
            }
            return step(0, 0).run(step, progress);
        };
    }

    private static void fillTheHeap() {
        throw new OutOfMemoryError("Java heap space");
    }

    @Test
    void savesTheFinishedStepsWhereOneFails() {
        EngineException failure = new EngineException("the tokenizer is gone. Put it back.");

        assertThatThrownBy(() -> loop(0).run(
                                failingIn(4, () -> {
                                    throw failure;
                                }),
                                told))
                .isInstanceOf(EngineException.class)
                .hasMessage("Training stopped at step 4: the tokenizer is gone. Put it back. The checkpoint in "
                        + checkpoints.resolve("step-3") + ", of step 3, was kept.")
                .hasCause(failure);
    }

    @Test
    void savesTheFinishedStepsWhereTheHeapIsFull() {
        assertThatThrownBy(() -> loop(0).run(failingIn(3, TrainingLoopTest::fillTheHeap), told))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("Training stopped at step 3: Java's memory (heap) is full. Give it more: ")
                .hasMessageEndingWith("of step 2, was kept.");
    }

    @Test
    void doesNotSaveAStepThatFailedBetweenItsUpdates() {
        TrainingLoop.Step half = (step, progress) -> {
            LogRow row = step(0, 0).run(step, progress);
            if (step == 3) {
                throw new EngineException("failed");
            }
            return row;
        };

        assertThatThrownBy(() -> loop(2).run(half, told)).hasMessageEndingWith("of step 2, was kept.");
        assertThat(saved()).containsExactly("step-2");
    }

    /** A cross-entropy over four tokens, of which a guess has 1.39. */
    private static TrainingLoop.Step losing(double... losses) {
        return new TrainingLoop.Step() {
            @Override
            public LogRow run(int step, Progress progress) {
                return LogRowOf.loss(step, losses[step - 1]);
            }

            @Override
            public double guess() {
                return Math.log(4);
            }
        };
    }

    @Test
    void aLossThatExplodesEndsTheTrainingWithTheCheckpointFromBefore() {
        assertThatThrownBy(() -> loop(1, 20).run(losing(1.2, 0.9, 3, 1, 8, 9, 9, 11, 12, 13), told))
                .isInstanceOf(EngineException.class)
                .hasMessage("Training stopped at step 9: the loss was 1.20 at the start and is 12.00, which is worse"
                        + " than a guess among all tokens (1.39). The learning rate is too high: lower it to a third,"
                        + " or give it more warm-up steps. The checkpoint in " + checkpoints.resolve("step-4")
                        + ", of step 4, was kept.");
        assertThat(saved()).as("not of step 3 either, which looked bad").containsExactly("step-2", "step-4");
    }

    @Test
    void aLossThatComesDownAgainEndsNothing() throws Exception {
        loop(1, 10).run(losing(1.2, 3, 3, 3, 3, 1, 3, 3, 3, 3), told);

        assertThat(history.rows()).hasSize(10);
    }

    @Test
    void aClockThatIsSetBackOrFarAheadGivesNoAbsurdTimes() throws Exception {
        long[] jumps = {
            0, -Duration.ofDays(400).toNanos(), Duration.ofDays(90_000).toNanos(), -1, 5, 7
        };
        TrainingLoop.Step jumping = (step, progress) -> {
            clock.addAndGet(jumps[step - 1]);
            return step(0, 0).run(step, progress);
        };

        loop(0).run(jumping, told);

        assertThat(told.messages)
                .filteredOn(message -> message.contains(" left"))
                .hasSizeGreaterThanOrEqualTo(STEPS)
                .allSatisfy(message -> assertThat(message)
                        .containsPattern(", (\\d+ s|\\d+ min \\d+ s|\\d{1,5} h \\d+ min) left$")
                        .doesNotContain("-"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 1", "1, 2, 1", "3, 0, 2", "3, 1, 3", "3, 2, 3", "6, 0, 5", "6, 1, 6", "6, 2, 6"})
    void aStepThatHasChangedTheModelIsFinishedAndAnyOtherTakenBack(int step, int before, int finished) {
        TrainingCanceledException canceled =
                catchThrowableOfType(TrainingCanceledException.class, () -> loop(0).run(step(step, before), told));

        assertThat(canceled.soFar().log()).hasSize(finished);
        assertThat(worker.steps()).as("two to a finished step").isEqualTo(2 * finished);
        assertThat(saved()).isEqualTo(finished == 0 ? List.of() : List.of("step-" + finished));
        assertThat(told.messages.get(told.messages.size() - 1))
                .isEqualTo(
                        finished == 0
                                ? "Stopped before the first step was finished"
                                : "Stopped after step %d of 6; all of it is saved".formatted(finished));
    }

    @Test
    void saysWhatItWaitsForAndHowLong() {
        assertThatThrownBy(() -> loop(0).run(step(3, 1), told)).isInstanceOf(CanceledJobException.class);

        assertThat(told.messages).contains("Finishing step 3, about 1 s");
    }

    @Test
    void theLastStepIsSavedSinceWhatFollowsMayBeCanceledToo() throws Exception {
        loop(0).run(step(0, 0), told);

        assertThat(saved()).containsExactly("step-6");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void savesByTimeWhereItSavesAtAll(int checkpointEvery) throws Exception {
        List<List<String>> seen = new ArrayList<>();
        TrainingLoop.Step slow = (step, progress) -> {
            seen.add(saved());
            clock.addAndGet(TrainingLoop.LONGEST_UNSAVED.toNanos() * 3 / 5);
            return step(0, 0).run(step, progress);
        };

        loop(checkpointEvery).run(slow, told);

        assertThat(seen)
                .isEqualTo(
                        checkpointEvery == 0
                                ? List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of())
                                : List.of(
                                        List.of(),
                                        List.of(),
                                        List.of("step-2"),
                                        List.of("step-2"),
                                        List.of("step-2", "step-4"),
                                        List.of("step-2", "step-4")));
    }

    @Test
    void anInterruptOfTheThreadClosesNoFileThatIsBeingWritten() throws Exception {
        TrainingLoop.Step interrupted = (step, progress) -> {
            if (step == 2) {
                Thread.currentThread().interrupt(); // as KNIME does
                told.canceled = true;
            }
            return step(0, 0).run(step, progress);
        };

        assertThatThrownBy(() -> loop(0).run(interrupted, told)).isInstanceOf(CanceledJobException.class);

        assertThat(Thread.interrupted()).as("the caller learns of it").isTrue();
        TrainingHistory restored = new TrainingHistory();
        new CheckpointStore(checkpoints, "a", List.of()).restore(worker, restored, Progress.silent());
        assertThat(restored.rows()).hasSize(1);
    }

    @Test
    void saysThatItCouldNotSave() throws IOException {
        Files.writeString(checkpoints, "a file");

        assertThatThrownBy(() -> loop(0).run(step(3, 0), told)).isInstanceOf(CanceledJobException.class);

        assertThat(told.messages.get(told.messages.size() - 1))
                .startsWith("Stopped after step 2 of 6. The checkpoint of step 2 could not be written to");
    }

    @Test
    void durationsReadWell() {
        assertThat(TrainingLoop.duration(8.4)).isEqualTo("8 s");
        assertThat(TrainingLoop.duration(200)).isEqualTo("3 min 20 s");
        assertThat(TrainingLoop.duration(7500)).isEqualTo("2 h 5 min");
        assertThat(TrainingLoop.duration(-3)).isEqualTo("0 s");
        assertThat(TrainingLoop.duration(Double.POSITIVE_INFINITY)).isEqualTo("23976 h 0 min");
    }
}
