package org.realm4knime.engine.spread;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** Where work is done: in this process, or on machines. */
public final class Spread {

    private static volatile @Nullable Machines machines;

    private Spread() {}

    /**
     * From now on work is spread.
     *
     * @param others who does it; null for this process
     */
    public static void over(@Nullable Machines others) {
        machines = others;
    }

    /** Who does the work; empty if this process does. */
    public static Optional<Machines> machines() {
        return Optional.ofNullable(machines);
    }

    /**
     * Does tasks on machines.
     *
     * @param machines the machines
     * @param tasks what to do, at least one task
     * @param shared names of what the tasks ask for
     * @param progress told of the share of tasks that are done
     * @param <R> what a task gives
     * @return what each task gave, in the order of the tasks
     * @throws CanceledJobException if canceled
     * @throws EngineException if a task says that it cannot be done, or no machine can do it
     */
    public static <R extends Serializable> List<R> run(
            Machines machines, List<? extends Task<R>> tasks, List<String> shared, Progress progress)
            throws CanceledJobException {
        List<byte[]> sent = tasks.stream().map(Workplace::write).toList();
        List<byte[]> results;
        try {
            results = machines.run(
                    sent,
                    shared,
                    done -> progress.report(
                            (double) done / sent.size(), "%d of %d parts are done".formatted(done, sent.size())),
                    () -> isCanceled(progress));
        } catch (CancellationException e) {
            throw (CanceledJobException) new CanceledJobException().initCause(e);
        } catch (IllegalStateException e) {
            throw new EngineException("The cluster could not do its part: " + e.getMessage(), e);
        }
        List<R> values = new ArrayList<>(results.size());
        for (byte[] result : results) {
            Workplace.Outcome outcome = (Workplace.Outcome) Workplace.read(result);
            if (outcome.failed()) {
                throw (RuntimeException) outcome.value();
            }
            @SuppressWarnings("unchecked") // a Task<R> gave it
            R value = (R) outcome.value();
            values.add(value);
        }
        return values;
    }

    private static boolean isCanceled(Progress progress) {
        try {
            progress.checkCanceled();
            return false;
        } catch (CanceledJobException e) {
            return true;
        }
    }

    /**
     * Cuts a list into parts of neighbours.
     *
     * @param size elements of the list
     * @param parts how many parts, at least 1
     * @return first element of each part, and the size: one number more than parts, fewer if there are fewer elements
     */
    public static int[] cuts(int size, int parts) {
        int count = Math.max(1, Math.min(parts, size));
        int[] cuts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            cuts[i] = (int) ((long) size * i / count);
        }
        return cuts;
    }
}
