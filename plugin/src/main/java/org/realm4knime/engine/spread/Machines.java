package org.realm4knime.engine.spread;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Other processes that do parts of the engine's work, such as the executors of a cluster. Only bytes and types of the
 * JDK cross, so that the engine's libraries and those of whoever runs the processes never meet. For use by one thread
 * at a time.
 */
public interface Machines extends AutoCloseable {

    /** How many tasks are worked on at the same time, at least 1. It stays the same, whatever is lost. */
    int places();

    /**
     * Puts bytes where tasks can have them. What is shared already under the name stays as it is.
     *
     * @param name what tasks ask for
     * @param pieces the bytes, in pieces of less than 2 GB each
     */
    void share(String name, List<byte[]> pieces);

    /** Drops what was shared under a name, on all machines. Nothing happens if nothing was. */
    void forget(String name);

    /**
     * Does tasks, each by {@link Workplace#work} in one of the processes. A task whose process is lost is done again in
     * another.
     *
     * @param tasks tasks as bytes
     * @param shared names of what they may ask for
     * @param done told the number of tasks that are done
     * @param canceled asked from time to time whether to stop
     * @return what each task gave, in the order of the tasks
     * @throws java.util.concurrent.CancellationException if it was to stop
     * @throws IllegalStateException if a task cannot be done; the message says why
     */
    List<byte[]> run(List<byte[]> tasks, List<String> shared, IntConsumer done, BooleanSupplier canceled);

    /** Ends the use of the processes. */
    @Override
    void close();
}
