package org.realm4knime.engine.spread;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** A process that does tasks, one at a time, and keeps from one to the next what is dear to make, such as models. */
public final class Workplace {

    /** Models that are kept; the one that was longest not asked for goes first. */
    private static final int MOST_KEPT = 3;

    private static final Map<String, AutoCloseable> KEPT = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

    private final Function<String, List<byte[]>> shared;

    private Workplace(Function<String, List<byte[]>> shared) {
        this.shared = shared;
    }

    /** What a task gave: a value, or an exception of the engine, which it would give elsewhere, too. */
    record Outcome(Serializable value, boolean failed) implements Serializable {}

    /**
     * Does a task.
     *
     * @param task the bytes of a {@link Task}
     * @param shared gives what was shared under a name
     * @return what it gave, as bytes
     * @throws IllegalStateException if it was told to stop
     */
    public static synchronized byte[] work(byte[] task, Function<String, List<byte[]>> shared) {
        Outcome outcome;
        try {
            outcome = new Outcome(((Task<?>) read(task)).run(new Workplace(shared)), false);
        } catch (CanceledJobException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            if (!e.getClass().getName().startsWith("org.realm4knime.")) {
                throw e;
            }
            outcome = new Outcome(e, true);
        }
        return write(outcome);
    }

    /**
     * What this process keeps under a name.
     *
     * @param name stands for the same wherever it is asked for
     * @param maker makes it if it is not there; closed when other things need its place
     */
    public <T extends AutoCloseable> T kept(String name, Class<T> type, Supplier<T> maker) {
        AutoCloseable there = KEPT.get(name);
        if (there == null) {
            makeRoom();
            there = maker.get();
            KEPT.put(name, there);
        }
        return type.cast(there);
    }

    /** Closes all that is kept of a type but what has the name. */
    public void keepOnly(String name, Class<? extends AutoCloseable> type) {
        Iterator<Map.Entry<String, AutoCloseable>> kept = KEPT.entrySet().iterator();
        while (kept.hasNext()) {
            Map.Entry<String, AutoCloseable> one = kept.next();
            if (type.isInstance(one.getValue()) && !one.getKey().equals(name)) {
                kept.remove();
                close(one.getValue());
            }
        }
    }

    private static void makeRoom() {
        Iterator<AutoCloseable> eldest = KEPT.values().iterator();
        while (KEPT.size() >= MOST_KEPT) {
            AutoCloseable unused = eldest.next();
            eldest.remove();
            close(unused);
        }
    }

    private static void close(AutoCloseable unused) {
        try {
            unused.close();
        } catch (Exception e) {
            throw new IllegalStateException("What is not needed any more could not be closed", e);
        }
    }

    /** The bytes that were shared under a name. */
    public List<byte[]> shared(String name) {
        return shared.apply(name);
    }

    /** Shows nothing, and is canceled when the thread that does the task is interrupted. */
    public Progress progress() {
        Thread worker = Thread.currentThread();
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // who runs the tasks sees which are done
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                if (worker.isInterrupted()) {
                    throw new CanceledJobException();
                }
            }
        };
    }

    static byte[] write(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new IllegalStateException("A task or its result cannot be sent", e);
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    "A task or its result cannot be read: are all processes of one version?", e);
        }
    }
}
