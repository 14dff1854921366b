package org.realm4knime.engine.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.Torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes prompts that come at any time and from any thread, in a batch that they join between two calls (continuous
 * batching: Yu et al. 2022, Orca). Requests are served in the order in which they come. One whose tokens cannot be
 * drawn together with those of the batch, because it asks for another model, temperature or truncation, waits until the
 * batch has ended, and those behind it with it.
 */
public final class LiveGenerator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveGenerator.class);

    /** Weights up to which one thread is as fast as several. */
    private static final long MOST_WEIGHTS_OF_SMALL = 30_000_000;

    /** Is told of a request; by the generator's thread, which must not be held up. */
    public interface Listener {

        /**
         * A completion has grown.
         *
         * @param sample its number, from 0
         * @param tokens all its tokens so far
         * @param logProbs their log-probabilities
         */
        default void wrote(int sample, int[] tokens, float[] logProbs) {
            // most wait for the end
        }

        /** A completion has ended. Of a canceled request it may lack its end. */
        void ended(int sample, Completion completion);

        /** The request cannot be served; nothing more is told of it. */
        void failed(RuntimeException cause);
    }

    private final int places;
    private final Thread thread;
    private final Deque<LiveJob> waiting = new ArrayDeque<>();
    /** Those that wait and those that are being written. */
    private final Set<LiveJob> open = new HashSet<>();

    private boolean closed;
    /** Whether it was closed by its owner, and not by an interrupt. */
    private boolean stopped;

    private int number;
    /** Why the thread has ended although nobody closed this; null while it works. */
    private @Nullable EngineException fault;

    /**
     * Starts the generator's thread.
     *
     * @param places most completions that are computed together
     */
    public LiveGenerator(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("The batch size must be at least 1: " + places);
        }
        this.places = places;
        thread = new Thread(this::live, "realm4knime-generator");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Lets a request wait for its turn.
     *
     * @param listener told what is written
     * @return cancels the request
     * @throws EngineException if the prompt is empty, has a token that the model does not know or leaves no room for an
     *     answer, or if the generator or the model is closed or the generator's thread has ended, see {@link #fault}
     */
    public Runnable submit(LiveRequest request, Listener listener) {
        requireFits(request.prompt(), request.model().model());
        LiveJob job;
        synchronized (this) {
            if (fault != null) {
                throw fault;
            }
            if (closed) {
                throw new EngineException("The server is stopping.");
            }
            request.model().take();
            job = new LiveJob(request, number++, listener);
            waiting.add(job);
            open.add(job);
            notifyAll();
        }
        return job::cancel;
    }

    private static void requireFits(int[] prompt, LanguageModel model) {
        if (prompt.length == 0) {
            throw new EngineException("The prompt is empty.");
        }
        for (int token : prompt) {
            if (token < 0 || token >= model.config().vocabSize()) {
                throw new EngineException("The prompt has the token %d, but the model has only tokens from 0 to %d."
                        .formatted(token, model.config().vocabSize() - 1));
            }
        }
        int positions = model.config().maxPositions();
        if (prompt.length >= positions) {
            throw new EngineException("The prompt has %d tokens, but the model %s takes %d with the answer."
                    .formatted(prompt.length, model.name(), positions));
        }
    }

    /**
     * Why nothing can be written any more: the generator's thread has ended, by an error that is no request's.
     *
     * @return a sentence for the user; empty as long as the thread works, and after {@link #close}
     */
    public synchronized Optional<String> fault() {
        return Optional.ofNullable(fault).map(EngineException::getMessage);
    }

    /** Whatever ends the thread must not leave those waiting who trust in it. */
    private void live() {
        try {
            work();
            die(null);
        } catch (Throwable e) {
            LOG.error("The thread that writes has ended", e);
            die(e);
        }
    }

    /** @param cause what ended the thread; null if it ended as it does after {@link #close}, or by an interrupt */
    private void die(@Nullable Throwable cause) {
        List<LiveJob> left;
        EngineException reason = new EngineException(
                "The thread that writes completions has ended (%s). Start the server again; its log says why."
                        .formatted(cause == null ? "interrupted" : cause.toString()),
                cause);
        synchronized (this) {
            if (cause == null && stopped) {
                return;
            }
            fault = reason;
            waiting.clear();
            left = List.copyOf(open);
        }
        for (LiveJob job : left) {
            try {
                end(job, reason);
            } catch (RuntimeException | Error e) {
                LOG.error("A request could not be told that it failed", e);
            }
        }
    }

    private void work() {
        for (LiveJob first = take(); first != null; first = take()) {
            Map<Row, LiveJob> owners = new IdentityHashMap<>();
            List<LiveJob> running = new ArrayList<>();
            try {
                LiveJob leader = first;
                LanguageModel model = leader.request().model().model();
                boolean small = !Torch.device().isGpu() && model.config().parameterCount() <= MOST_WEIGHTS_OF_SMALL;
                running.add(leader);
                Torch.withThreads(small ? 1 : Torch.threads(), () -> {
                    write(leader, running, owners);
                    return true;
                });
            } catch (CanceledJobException | RuntimeException | OutOfMemoryError e) {
                LOG.error("A batch of requests failed", e);
                RuntimeException cause = e instanceof EngineException known
                        ? known
                        : new EngineException("The request failed: " + e.getMessage(), e);
                running.forEach(job -> end(job, cause));
            }
        }
    }

    private void write(LiveJob first, List<LiveJob> running, Map<Row, LiveJob> owners) throws CanceledJobException {
        try (LiveBatch batch = new LiveBatch(
                first.request().model().caches(),
                first.request().settings(),
                row -> owners.get(row).stopStrings(),
                places)) {
            running.forEach(job -> admit(job, batch, owners));
            while (!running.isEmpty()) {
                for (LiveJob next = takeLike(first); next != null; next = takeLike(first)) {
                    running.add(next);
                    admit(next, batch, owners);
                }
                batch.advance();
                for (LiveJob job : List.copyOf(running)) {
                    if (job.tell()) {
                        running.remove(job);
                        owners.keySet().removeAll(job.rows());
                        leave(job);
                    }
                }
            }
        }
    }

    private static void admit(LiveJob job, LiveBatch batch, Map<Row, LiveJob> owners) {
        job.rows().forEach(row -> owners.put(row, job));
        batch.add(job.rows());
    }

    private void end(LiveJob job, RuntimeException cause) {
        job.fail(cause);
        leave(job);
    }

    private synchronized void leave(LiveJob job) {
        open.remove(job);
        job.request().model().release();
    }

    /** The next request; null when this is closed. */
    private synchronized LiveJob take() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                closed = true;
            }
        }
        return waiting.poll();
    }

    private synchronized LiveJob takeLike(LiveJob first) {
        LiveJob next = waiting.peek();
        return next != null && next.request().goesWith(first.request()) ? waiting.poll() : null;
    }

    /** Takes no further requests, ends those that are being written early, and waits for the thread. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stopped = true;
            open.forEach(LiveJob::cancel);
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
