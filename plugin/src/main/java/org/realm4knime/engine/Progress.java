package org.realm4knime.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * How long work tells its caller how far it is, and learns that it should stop. Every long method of the engine takes
 * one and calls {@link #checkCanceled()} often enough that a canceled job ends within two seconds, but for what
 * docs/reliability.md lists.
 */
public interface Progress {

    /**
     * Reports how far the work is.
     *
     * @param fraction share of the work that is done, in [0, 1]
     * @param message one line on what is being done, for the user
     */
    void report(double fraction, String message);

    /**
     * Throws if the job was canceled. Cheap: to be called between steps.
     *
     * @throws CanceledJobException if the user asked the job to stop
     */
    void checkCanceled() throws CanceledJobException;

    /**
     * A progress that shows nothing and is never canceled.
     *
     * @return a progress without effect
     */
    static Progress silent() {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody is looking
            }

            @Override
            public void checkCanceled() {
                // nobody can cancel
            }
        };
    }

    /**
     * Does something with every element of a list, and asks before each whether to stop.
     *
     * @param items what it is done with
     * @param work what is done
     * @return what came of each, in order; cannot be changed
     * @throws CanceledJobException if the user asked the job to stop
     */
    default <T, R> List<R> each(List<T> items, Function<? super T, ? extends R> work) throws CanceledJobException {
        List<R> done = new ArrayList<>(items.size());
        for (T item : items) {
            checkCanceled();
            done.add(work.apply(item));
        }
        return Collections.unmodifiableList(done);
    }

    /**
     * Waits for what another thread makes, and asks ten times a second whether to stop.
     *
     * @param made by another thread, which goes on when this throws
     * @return what it gives
     * @throws CanceledJobException if the user asked the job to stop, or this thread was interrupted
     * @throws RuntimeException what the other thread threw
     */
    default <T> T await(Future<T> made) throws CanceledJobException {
        while (true) {
            checkCanceled();
            try {
                return made.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // looks again whether to stop
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CanceledJobException();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    /**
     * Work that asks whether to stop.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Work<T> {

        /** Does it. */
        T run(Progress progress) throws CanceledJobException;
    }

    /** Does work that nobody watches or can cancel. */
    static <T> T unwatched(Work<T> work) {
        try {
            return work.run(silent());
        } catch (CanceledJobException e) {
            throw new IllegalStateException("Nobody can cancel this", e);
        }
    }

    /**
     * A progress for one part of the work: its fractions 0 and 1 are {@code from} and {@code to} of this one.
     *
     * @param from fraction of this progress where the part begins, in [0, 1]
     * @param to fraction of this progress where the part ends, in [{@code from}, 1]
     * @return the progress to hand to the part
     */
    default Progress sub(double from, double to) {
        Progress whole = this;
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                double within = Math.min(1, Math.max(0, fraction));
                whole.report(from + within * (to - from), message);
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                whole.checkCanceled();
            }
        };
    }
}
