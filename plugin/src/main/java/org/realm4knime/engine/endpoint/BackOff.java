package org.realm4knime.engine.endpoint;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a request is sent again: as long as the server says, else twice as long each time, less a
 * random part, so that requests which failed together do not come back together.
 */
final class BackOff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(1);
    /** Who is told to wait longer than this gives up. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The time to wait.
     *
     * @param failures attempts that failed before, from 0
     * @param told what the server said; null if it said nothing
     */
    synchronized Duration after(int failures, Duration told) {
        long whole = FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS);
        long longest = Math.min(whole, LONGEST.toMillis());
        if (told != null) {
            // a little later each, not all at the very moment
            return told.plusMillis(random.nextLong(FIRST.toMillis()));
        }
        return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2));
    }
}
