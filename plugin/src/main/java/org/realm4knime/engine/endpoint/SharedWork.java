package org.realm4knime.engine.endpoint;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;
import org.realm4knime.engine.generate.Completion;

/**
 * The completions of a step, shared out among servers: each takes the next piece when it has finished one, so that a
 * fast one takes more, and a piece that a server fails goes to another.
 */
final class SharedWork {

    /** A server that answers wrongly so often in a row is left out. */
    private static final int MOST_FAILURES = 3;
    /** One that is only busy is given more time. */
    private static final int MOST_BUSY = 30;

    /**
     * Some completions of a prompt.
     *
     * @param prompt index of the prompt
     * @param first number of the first completion
     * @param samples how many
     */
    record Piece(int prompt, int first, int samples) {}

    private final Deque<Piece> open = new ArrayDeque<>();
    private final Completion[][] completions;
    private final List<SamplerServer> servers;
    private final int pieces;
    private int left;
    private @Nullable RuntimeException failure;

    /**
     * Cuts the work into pieces: whole prompts, since a prompt is read once for all its completions; parts of them
     * where there are fewer prompts than servers could answer.
     */
    SharedWork(int prompts, int each, List<SamplerServer> servers) {
        this.servers = servers;
        completions = new Completion[prompts][each];
        int fair = (prompts * each + 2 * servers.size() - 1) / (2 * servers.size());
        int samples = Math.max(1, Math.min(each, fair));
        for (int prompt = 0; prompt < prompts; prompt++) {
            for (int first = 0; first < each; first += samples) {
                open.add(new Piece(prompt, first, Math.min(samples, each - first)));
            }
        }
        pieces = open.size();
        left = pieces;
    }

    /** The next piece for a server; waits while others may still give one back. Null if there will be none. */
    synchronized @Nullable Piece take(SamplerServer server) throws InterruptedException {
        while (open.isEmpty() && left > 0 && failure == null && !server.isOut()) {
            wait();
        }
        return failure != null || server.isOut() ? null : open.poll();
    }

    synchronized void done(Piece piece, SamplerServer server, List<Completion> written) {
        server.answered();
        for (int i = 0; i < piece.samples(); i++) {
            completions[piece.prompt()][piece.first() + i] = written.get(i);
        }
        left--;
        notifyAll();
    }

    /**
     * A server has failed a piece, which goes to another one.
     *
     * @return how long to leave the server alone, if it is not left out
     */
    synchronized Optional<Duration> failed(Piece piece, SamplerServer server, EndpointFault fault) {
        open.addFirst(piece);
        boolean busy = fault.status() == 429 || fault.status() == 503;
        boolean gone = fault.kind() == Kind.REST && fault.status() == 0;
        int failures = server.failed();
        if (gone || failures >= (busy ? MOST_BUSY : MOST_FAILURES)) {
            server.leaveOut(fault.getMessage());
        }
        if (servers.stream().allMatch(SamplerServer::isOut)) {
            failure = SamplerServer.noneLeft(servers);
        }
        notifyAll();
        return server.isOut() ? Optional.empty() : Optional.of(fault.waitTold().orElse(BackOff.FIRST));
    }

    /** Ends all of the work. */
    synchronized void fail(RuntimeException cause) {
        failure = failure == null ? cause : failure;
        notifyAll();
    }

    /**
     * Waits for the end.
     *
     * @param millis at most so long
     * @return the share that is done
     */
    synchronized double await(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long rest = millis; left > 0 && failure == null && rest > 0; ) {
            wait(rest);
            rest = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        if (failure != null) {
            throw failure;
        }
        return 1 - (double) left / pieces;
    }

    /** For each prompt its completions. */
    synchronized List<List<Completion>> completions() {
        List<List<Completion>> all = new ArrayList<>();
        for (Completion[] ofPrompt : completions) {
            all.add(List.of(ofPrompt));
        }
        return all;
    }
}
