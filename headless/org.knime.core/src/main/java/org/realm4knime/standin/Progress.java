package org.realm4knime.standin;

import java.util.function.BiConsumer;
import org.knime.core.node.CanceledExecutionException;

/** How far a running node is and whether it is to stop. It may be used from any thread. */
public final class Progress {

    private final BiConsumer<Double, String> listener;
    private volatile boolean cancelled;
    private double fraction = -1;
    private String message = "";

    /** Progress that nobody watches. */
    public Progress() {
        this((fraction, message) -> {});
    }

    /**
     * @param listener is told, in the thread that reports, how far the node is, in [0, 1] or -1 as long as it has not
     *     said, and what it does
     */
    public Progress(BiConsumer<Double, String> listener) {
        this.listener = listener;
    }

    /** Asks the node to stop. */
    public void cancel() {
        cancelled = true;
    }

    /** @throws CanceledExecutionException if the node was asked to stop, or its thread is interrupted */
    public void checkCanceled() throws CanceledExecutionException {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new CanceledExecutionException();
        }
    }

    /**
     * @param done share of the work; anything outside of [0, 1] leaves what was said before
     * @param text what the node does; null is taken as empty
     */
    public synchronized void report(double done, String text) {
        if (done >= 0 && done <= 1) {
            fraction = done;
        }
        message = text == null ? "" : text;
        listener.accept(fraction, message);
    }

    /** @return share of the work in [0, 1], or -1 if the node has not said */
    public synchronized double fraction() {
        return fraction;
    }

    /** @return what the node said last; empty if nothing */
    public synchronized String message() {
        return message;
    }
}
