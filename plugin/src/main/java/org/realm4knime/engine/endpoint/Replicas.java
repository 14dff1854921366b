package org.realm4knime.engine.endpoint;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Servers of the same model: the one that rests least and answers the fewest questions is asked next. */
final class Replicas {

    private final List<Replica> servers;
    private final Time time;

    Replicas(List<ChatClient> clients, Time time) {
        this.time = time;
        servers = clients.stream()
                .map(client -> new Replica(client, time.nanos()))
                .toList();
    }

    /**
     * Chooses a server, and waits until it may be asked. {@link #release} must follow.
     *
     * @param failed one that just failed the question, which another is to answer if there is one; null if none
     */
    Replica take(Replica failed) throws InterruptedException {
        Replica chosen;
        long rest;
        synchronized (this) {
            long now = time.nanos();
            chosen = servers.stream()
                    .min(Comparator.comparingLong((Replica server) -> server.rest(now))
                            .thenComparing(server -> server == failed)
                            .thenComparingInt(Replica::asked))
                    .orElseThrow();
            rest = chosen.rest(now);
            chosen.begin();
        }
        if (rest > 0) {
            try {
                time.sleep(Duration.ofNanos(rest));
            } catch (InterruptedException e) {
                release(chosen);
                throw e;
            }
        }
        return chosen;
    }

    synchronized void release(Replica server) {
        server.end();
    }

    /** Leaves a server alone for a while. */
    synchronized void rest(Replica server, Duration wait) {
        server.restUntil(time.nanos() + wait.toNanos());
    }

    /** Whether there is another server to turn to. */
    boolean areSeveral() {
        return servers.size() > 1;
    }
}
