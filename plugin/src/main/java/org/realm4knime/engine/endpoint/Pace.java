package org.realm4knime.engine.endpoint;

import java.time.Duration;

/**
 * Spreads requests and tokens evenly over the minutes, so that they stay within what a server allows: each takes its
 * share of a minute, and the next waits until it is over.
 */
final class Pace {

    private static final double MINUTE = Duration.ofMinutes(1).toNanos();

    private final double perRequest;
    private final double perToken;
    private final Time time;
    private double requestsFrom;
    private double tokensFrom;

    /**
     * A pace.
     *
     * @param requestsPerMinute 0 for no limit
     * @param tokensPerMinute 0 for no limit
     */
    Pace(int requestsPerMinute, int tokensPerMinute, Time time) {
        perRequest = requestsPerMinute == 0 ? 0 : MINUTE / requestsPerMinute;
        perToken = tokensPerMinute == 0 ? 0 : MINUTE / tokensPerMinute;
        this.time = time;
        requestsFrom = time.nanos();
        tokensFrom = requestsFrom;
    }

    /**
     * Waits for a request's turn.
     *
     * @param tokens that it will read and write, as far as one knows
     */
    void await(long tokens) throws InterruptedException {
        long wait;
        synchronized (this) {
            double now = time.nanos();
            double start = Math.max(now, Math.max(requestsFrom, tokensFrom));
            requestsFrom = Math.max(requestsFrom, now) + perRequest;
            tokensFrom = Math.max(tokensFrom, now) + perToken * tokens;
            wait = (long) (start - now);
        }
        if (wait > 0) {
            time.sleep(Duration.ofNanos(wait));
        }
    }

    /** Makes good that a request took more or fewer tokens than was said. */
    synchronized void settle(long said, long taken) {
        tokensFrom += perToken * (taken - said);
    }
}
