package org.realm4knime.engine.spread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Machines that are this process. Tasks end in another order than they were given, and the first is done twice, as if
 * whoever did it had been lost.
 */
public final class RehearsedMachines implements Machines {

    private final int places;
    private final Map<String, List<byte[]>> shared = new HashMap<>();
    private int tasks;

    /** @param places as many tasks as there would be at the same time */
    public RehearsedMachines(int places) {
        this.places = places;
    }

    @Override
    public int places() {
        return places;
    }

    @Override
    public void share(String name, List<byte[]> pieces) {
        shared.putIfAbsent(name, pieces);
    }

    @Override
    public void forget(String name) {
        shared.remove(name);
    }

    @Override
    public List<byte[]> run(List<byte[]> sent, List<String> names, IntConsumer done, BooleanSupplier canceled) {
        byte[][] results = new byte[sent.size()][];
        work(sent.get(0), names);
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (canceled.getAsBoolean()) {
                throw new CancellationException();
            }
            results[i] = work(sent.get(i), names);
            tasks++;
            done.accept(sent.size() - i);
        }
        return new ArrayList<>(Arrays.asList(results));
    }

    private byte[] work(byte[] task, List<String> names) {
        return Workplace.work(task, name -> {
            if (!names.contains(name) || !shared.containsKey(name)) {
                throw new IllegalStateException(name + " is not shared with the tasks");
            }
            return shared.get(name);
        });
    }

    /** Tasks that were done. */
    public int tasks() {
        return tasks;
    }

    /** Names of what is shared now. */
    public List<String> sharedNames() {
        return List.copyOf(shared.keySet());
    }

    @Override
    public void close() {
        shared.clear();
    }
}
