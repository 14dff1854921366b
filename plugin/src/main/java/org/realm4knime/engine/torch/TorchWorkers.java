package org.realm4knime.engine.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/**
 * Runs independent computations side by side, each on its share of the processor's threads.
 *
 * <p>The operations of a small model are too short to be worth spreading over threads: each of them ends with all
 * threads waiting for the last. Two halves of a batch on one thread each are faster than a batch on two.
 */
public final class TorchWorkers implements AutoCloseable {

    /** A computation. */
    public interface Job<T> {

        /**
         * Computes.
         *
         * @param progress asked whether to stop: because the user canceled, or because another job of the same run
         *     failed
         * @return the result
         * @throws CanceledJobException if it stopped
         */
        T run(Progress progress) throws CanceledJobException;
    }

    private final ExecutorService pool;

    /**
     * Starts workers.
     *
     * @param count most jobs that run at the same time, at least 1
     */
    public TorchWorkers(int count) {
        AtomicInteger number = new AtomicInteger();
        pool = Executors.newFixedThreadPool(Math.max(1, count - 1), job -> {
            Thread thread = new Thread(job, "realm4knime-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs jobs and waits for all of them, whatever happens to one.
     *
     * @param jobs at most as many as there are workers; the first runs on the calling thread
     * @param progress told by the first job alone; asked by it whether to stop, and the others stop with it
     * @return the results, in the order of the jobs
     * @throws CanceledJobException if the user canceled
     */
    public <T> List<T> run(List<Job<T>> jobs, Progress progress) throws CanceledJobException {
        int threads = Math.max(1, Torch.threads() / jobs.size());
        AtomicBoolean stopped = new AtomicBoolean();
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (Job<T> job : jobs) {
            Progress own = new SharedProgress(tasks.isEmpty() ? progress : Progress.silent(), stopped);
            tasks.add(new FutureTask<>(() -> compute(job, threads, own, stopped)));
        }
        tasks.subList(1, tasks.size()).forEach(pool::execute);
        tasks.get(0).run();
        tasks.forEach(TorchWorkers::await);
        return results(tasks);
    }

    private static <T> T compute(Job<T> job, int threads, Progress progress, AtomicBoolean stopped)
            throws CanceledJobException {
        boolean ended = false;
        try {
            T result = Torch.withThreads(threads, () -> job.run(progress));
            ended = true;
            return result;
        } finally {
            if (!ended) {
                stopped.set(true);
            }
        }
    }

    /** Native code does not notice an interruption, and has to end before its tensors are freed. */
    private static void await(FutureTask<?> task) {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure goes before the cancellation of the other jobs that it caused. */
    private static <T> List<T> results(List<FutureTask<T>> tasks) throws CanceledJobException {
        List<T> results = new ArrayList<>();
        CanceledJobException canceled = null;
        for (FutureTask<T> task : tasks) {
            try {
                results.add(task.get());
            } catch (InterruptedException e) {
                throw new IllegalStateException("A finished job does not wait", e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof CanceledJobException)) {
                    throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
                }
                canceled = (CanceledJobException) e.getCause();
            }
        }
        if (canceled != null) {
            throw canceled;
        }
        return results;
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    /** Also stops when another job has failed. */
    private record SharedProgress(Progress own, AtomicBoolean stopped) implements Progress {

        @Override
        public void report(double fraction, String message) {
            own.report(fraction, message);
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            own.checkCanceled();
            if (stopped.get()) {
                throw new CanceledJobException();
            }
        }
    }
}
