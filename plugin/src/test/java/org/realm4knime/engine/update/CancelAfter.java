package org.realm4knime.engine.update;

import java.util.concurrent.atomic.AtomicInteger;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Cancels a job that has asked so many times whether to stop. */
public final class CancelAfter implements Progress {

    private final AtomicInteger left;
    private final String start;
    private volatile boolean started;

    public CancelAfter(int questions) {
        this(questions, "");
        started = true;
    }

    /**
     * Cancels a training after so many questions of its steps.
     *
     * @param start how the first message begins that is of a step, or comes directly before the first one
     */
    public CancelAfter(int questions, String start) {
        left = new AtomicInteger(questions);
        this.start = start;
    }

    @Override
    public void report(double fraction, String message) {
        started |= message.startsWith(start);
    }

    @Override
    public void checkCanceled() throws CanceledJobException {
        if (started && left.decrementAndGet() < 0) {
            throw new CanceledJobException();
        }
    }
}
