package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.update.CancelAfter;

class WrittenAheadTest {

    private static final List<int[]> PROMPTS = List.of(new int[] {1, 2});
    private static final List<List<Completion>> WRITTEN =
            List.of(List.of(new Completion(new int[] {3}, new float[] {-1}, "c", true)));

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();

    /** Writes until it may end or is not wanted. */
    private List<List<Completion>> slowly(Progress stop) throws CanceledJobException {
        begun.countDown();
        try {
            while (mayEnd.getCount() > 0) {
                stop.checkCanceled();
                Thread.onSpinWait();
            }
            return WRITTEN;
        } finally {
            ended.incrementAndGet();
        }
    }

    @Test
    void whoIsCanceledWhileWaitingLeavesTheWritingToGoOn() throws CanceledJobException {
        try (WrittenAhead ahead = WrittenAhead.begin(PROMPTS, this::slowly)) {
            assertThatThrownBy(() -> ahead.await(new CancelAfter(2))).isInstanceOf(CanceledJobException.class);
            assertThat(ended).hasValue(0);
            mayEnd.countDown();
            assertThat(ahead.await(Progress.silent())).isEqualTo(WRITTEN);
        }
    }

    @Test
    void completionsThatNobodyWantsAreWrittenNoFurther() throws InterruptedException {
        WrittenAhead ahead = WrittenAhead.begin(PROMPTS, this::slowly);
        begun.await();

        ahead.close();

        assertThat(ended).as("when closing returns the writing has ended").hasValue(1);
    }

    @Test
    void anInterruptDoesNotKeepClosingFromWaitingForTheEnd() throws InterruptedException {
        WrittenAhead ahead = WrittenAhead.begin(PROMPTS, this::slowly);
        begun.await();
        Thread.currentThread().interrupt();

        ahead.close();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void whatTheWritingThrowsReachesWhoWaits() {
        WrittenAhead ahead = WrittenAhead.begin(PROMPTS, stop -> {
            throw new EngineException("no server is left");
        });

        assertThatThrownBy(() -> ahead.await(Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessage("no server is left");
    }

    @Test
    void knowsWhichPromptsItCompletes() {
        try (WrittenAhead ahead = WrittenAhead.begin(PROMPTS, stop -> WRITTEN)) {
            assertThat(ahead.isOf(PROMPTS)).isTrue();
            assertThat(ahead.isOf(List.of())).isFalse();
        }
    }
}
