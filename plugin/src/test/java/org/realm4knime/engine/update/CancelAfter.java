package org.realm4knime.engine.update;

import java.util.concurrent.atomic.AtomicInteger;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Cancels a job that has asked so many times whether to stop. */
public final class CancelAfter implements Progress {

    private final AtomicInteger left;

    public CancelAfter(int questions) {
        left = new AtomicInteger(questions);
    }

    @Override
    public void report(double fraction, String message) {
        // only cancellation matters
    }

    @Override
    public void checkCanceled() throws CanceledJobException {
        if (left.decrementAndGet() < 0) {
            throw new CanceledJobException();
        }
    }
}
