package org.realm4knime.engine.endpoint;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;

/** Brings one question to an answer, with retries; from many threads. */
final class Asking {

    private final EndpointSettings settings;
    private final Replicas replicas;
    private final Pace pace;
    private final BackOff backOff;
    private final Time time;
    private final AtomicLong requests = new AtomicLong();
    /** Tokens of a usual answer so far; starts at what is allowed. */
    private double usualAnswer = -1;

    /** An answer, or why there is none. */
    record Outcome(Reply reply, String error) {}

    Asking(EndpointSettings settings, Replicas replicas, Pace pace, BackOff backOff, Time time) {
        this.settings = settings;
        this.replicas = replicas;
        this.pace = pace;
        this.backOff = backOff;
        this.time = time;
    }

    /** Requests sent so far. */
    long requests() {
        return requests.get();
    }

    /**
     * Asks until there is an answer, or patience ends.
     *
     * @throws EngineException if no question can be answered
     * @throws InterruptedException if it is to stop
     */
    Outcome ask(Question question) throws InterruptedException {
        int most = settings.limits().retries();
        Replica failed = null;
        for (int failures = 0; ; failures++) {
            Replica server = replicas.take(failed);
            try {
                return new Outcome(askOnce(question, server), null);
            } catch (EndpointFault fault) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Optional<Outcome> end = end(fault, failures, most);
                if (end.isPresent()) {
                    return end.get();
                }
                settle(fault, server, failures);
                failed = server;
            } finally {
                replicas.release(server);
            }
        }
    }

    private Reply askOnce(Question question, Replica server) throws InterruptedException {
        long expected = question.tokens(settings) + usualAnswer(question);
        pace.await(expected);
        requests.incrementAndGet();
        Reply reply = server.client().ask(question);
        pace.settle(expected, reply.read() + reply.written());
        learn(reply.written());
        return reply;
    }

    private Optional<Outcome> end(EndpointFault fault, int failures, int most) {
        if (fault.kind() == Kind.STOP) {
            throw new EngineException(fault.getMessage());
        }
        boolean tooLong = fault.waitTold()
                .filter(wait -> wait.compareTo(BackOff.PATIENCE) > 0)
                .isPresent();
        if (fault.kind() == Kind.REFUSED || tooLong || failures >= most) {
            String times = failures == 0 ? "" : " (asked " + (failures + 1) + " times)";
            return Optional.of(new Outcome(null, fault.getMessage() + times));
        }
        return Optional.empty();
    }

    /** Waits before the next try, or lets the next one wait for the server. */
    private void settle(EndpointFault fault, Replica server, int failures) throws InterruptedException {
        Duration wait = backOff.after(failures, fault.waitTold().orElse(null));
        if (fault.kind() == Kind.REST) {
            replicas.rest(server, wait);
        } else if (!replicas.areSeveral()) {
            time.sleep(wait);
        }
    }

    private synchronized long usualAnswer(Question question) {
        return usualAnswer < 0 ? question.sampling().maxNewTokens() : Math.round(usualAnswer);
    }

    private synchronized void learn(long written) {
        usualAnswer = usualAnswer < 0 ? written : usualAnswer + (written - usualAnswer) / 10;
    }
}
