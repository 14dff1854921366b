package org.realm4knime.engine.endpoint;

import java.time.Duration;

/** Time that passes, or in tests seems to. */
interface Time {

    /** Nanoseconds since some fixed moment. */
    long nanos();

    /** Waits. */
    void sleep(Duration time) throws InterruptedException;

    /** The machine's. */
    static Time system() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration time) throws InterruptedException {
                if (!time.isNegative()) {
                    Thread.sleep(time.toMillis());
                }
            }
        };
    }
}
