package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.update.CancelAfter;

class WaitingTest {

    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private String silence() {
        try {
            never.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return "";
    }

    @Test
    void aCanceledJobLeavesAServerThatDoesNotAnswer() throws InterruptedException {
        assertThatThrownBy(() -> Waiting.on(this::silence, new CancelAfter(2)))
                .isInstanceOf(CanceledJobException.class);
        interrupted.await();
    }

    @Test
    void givesWhatTheServerGivesAndThrowsWhatItThrows() throws CanceledJobException {
        assertThat(Waiting.on(() -> "there", Progress.silent())).isEqualTo("there");
        assertThatThrownBy(() -> Waiting.on(
                        () -> {
                            throw new EngineException("away");
                        },
                        Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessage("away");
    }

    @Test
    void aPartingIsNotWaitedForForLong() throws InterruptedException {
        Waiting.briefly(this::silence, 1);
        interrupted.await();
    }
}
