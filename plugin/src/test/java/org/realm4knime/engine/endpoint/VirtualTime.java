package org.realm4knime.engine.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when somebody waits for it, and at once. */
final class VirtualTime implements Time {

    private final AtomicLong now = new AtomicLong();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleep(Duration time) {
        waits.add(time);
        now.addAndGet(time.toNanos());
    }

    /** How long it was waited for, one by one. */
    List<Duration> waits() {
        return waits;
    }
}
