package org.realm4knime.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

class TorchWorkersTest {

    private static TorchWorkers.Job<String> job(String result) {
        return progress -> result;
    }

    @Test
    void returnsResultsInTheOrderOfTheJobs() throws CanceledJobException {
        try (TorchWorkers workers = new TorchWorkers(3)) {
            assertThat(workers.run(List.of(job("a"), job("b"), job("c")), Progress.silent()))
                    .containsExactly("a", "b", "c");
            assertThat(workers.run(List.of(job("d")), Progress.silent())).containsExactly("d");
        }
    }

    @Test
    void runsJobsAtTheSameTime() throws CanceledJobException {
        CountDownLatch met = new CountDownLatch(2);
        TorchWorkers.Job<Boolean> meeting = progress -> {
            met.countDown();
            try {
                met.await();
            } catch (InterruptedException e) {
                return false;
            }
            return true;
        };
        try (TorchWorkers workers = new TorchWorkers(2)) {
            assertThat(workers.run(List.of(meeting, meeting), Progress.silent()))
                    .containsExactly(true, true);
        }
    }

    @Test
    void leavesTheThreadsOfTheCallerAsTheyWere() throws CanceledJobException {
        int before = threads();
        try (TorchWorkers workers = new TorchWorkers(before)) {
            List<TorchWorkers.Job<Integer>> jobs = IntStream.range(0, before)
                    .<TorchWorkers.Job<Integer>>mapToObj(i -> progress -> threads())
                    .toList();
            assertThat(workers.run(jobs, Progress.silent())).containsOnly(1);
        }
        assertThat(threads()).isEqualTo(before);
    }

    private static int threads() {
        return Torch.run(ai.djl.pytorch.jni.JniUtils::getNumThreads);
    }

    @Test
    void tellsAFailureAndStopsTheOthers() {
        TorchWorkers.Job<String> failing = progress -> {
            throw new EngineException("out of luck");
        };
        TorchWorkers.Job<String> waiting = progress -> {
            while (true) {
                progress.checkCanceled();
                Thread.onSpinWait();
            }
        };
        try (TorchWorkers workers = new TorchWorkers(3)) {
            assertThatThrownBy(() -> workers.run(List.of(waiting, failing, waiting), Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("out of luck");
            assertThatThrownBy(() -> workers.run(List.of(failing, waiting), Progress.silent()))
                    .hasMessage("out of luck");
        }
    }

    @Test
    void cancelsAllJobsWithTheUsersProgress() {
        AtomicBoolean otherStopped = new AtomicBoolean();
        Progress canceled = new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody is looking
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                throw new CanceledJobException();
            }
        };
        TorchWorkers.Job<String> asking = progress -> {
            progress.checkCanceled();
            return "never";
        };
        TorchWorkers.Job<String> other = progress -> {
            try {
                while (true) {
                    progress.checkCanceled();
                    Thread.onSpinWait();
                }
            } finally {
                otherStopped.set(true);
            }
        };
        try (TorchWorkers workers = new TorchWorkers(2)) {
            assertThatThrownBy(() -> workers.run(List.of(asking, other), canceled))
                    .isInstanceOf(CanceledJobException.class);
        }
        assertThat(otherStopped).isTrue();
    }
}
