package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/**
 * The rows that wait for a place in the batch. A prompt is read once, whatever the number of its samples: into a cache
 * of its own, from which its rows are copied as places become free.
 */
final class PromptQueue implements AutoCloseable {

    private final KeyValueCache.Factory caches;
    private final IntFunction<NDArray> ropes;
    private final int padId;
    private final int callTokens;
    private final Progress progress;
    private final Deque<Row> waiting;
    /** Rows whose prompts lie in {@link #read}, with the row they have there. */
    private final Deque<Ready> ready = new ArrayDeque<>();

    private KeyValueCache read;

    private record Ready(Row row, int prompt) {}

    /**
     * A queue.
     *
     * @param rows in the order in which they will be served: longest prompts first, those of the same prompt together
     * @param caches makes caches
     * @param ropes table of rotations for so many positions or more, owned by the caller
     * @param padId token for padding
     * @param callTokens tokens that one call may read
     */
    PromptQueue(
            List<Row> rows,
            KeyValueCache.Factory caches,
            IntFunction<NDArray> ropes,
            int padId,
            int callTokens,
            Progress progress) {
        this.waiting = new ArrayDeque<>(rows);
        this.caches = caches;
        this.ropes = ropes;
        this.padId = padId;
        this.callTokens = callTokens;
        this.progress = progress;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && ready.isEmpty();
    }

    /** Rows that wait. */
    int size() {
        return waiting.size() + ready.size();
    }

    /** Lets more rows wait, those of the same prompt together. */
    void add(List<Row> rows) {
        waiting.addAll(rows);
    }

    /** Slots that the prompts of the next rows take. */
    int width(int rows) {
        int width = ready.isEmpty() ? 0 : read.slots();
        int left = rows - ready.size();
        for (Iterator<Row> next = waiting.iterator(); left > 0 && next.hasNext(); left--) {
            width = Math.max(width, next.next().promptTokens().length);
        }
        return width;
    }

    /** Most tokens that one of the rows may write. */
    int limit() {
        int limit = ready.stream().mapToInt(next -> next.row().limit()).max().orElse(0);
        return Math.max(limit, waiting.stream().mapToInt(Row::limit).max().orElse(0));
    }

    /**
     * Gives the places of rows that have ended to the next ones.
     *
     * @param batch the rows by place; null where there was none yet
     * @param cache the cache of the batch
     */
    void fill(List<Row> batch, KeyValueCache cache) throws CanceledJobException {
        int[] free = IntStream.range(0, batch.size())
                .filter(place -> batch.get(place) == null || batch.get(place).finished())
                .toArray();
        int width = width(free.length);
        for (int from = 0; from < free.length && !isEmpty(); ) {
            if (ready.isEmpty()) {
                readPrompts(free.length - from);
            }
            if (from == 0 && free.length == batch.size()) {
                cache.restart(width);
            }
            int[] places = Arrays.copyOfRange(free, from, from + Math.min(free.length - from, ready.size()));
            int[] prompts = new int[places.length];
            for (int i = 0; i < places.length; i++) {
                Ready next = ready.remove();
                batch.set(places[i], next.row());
                prompts[i] = next.prompt();
            }
            cache.place(read, prompts, places);
            from += places.length;
            if (ready.isEmpty()) {
                close(); // it takes as much memory as the prompts' part of the batch
            }
        }
    }

    /**
     * Reads the prompts of the next rows, all rows of a prompt, until there are as many rows as asked for. Prompts that
     * one call cannot read are read one after the other, as their cache is in memory beside that of the batch.
     */
    private void readPrompts(int rows) throws CanceledJobException {
        List<int[]> prompts = new ArrayList<>();
        int most = Math.max(1, callTokens / waiting.element().promptTokens().length);
        Row before = null;
        while (!waiting.isEmpty()) {
            boolean another =
                    before == null || before.prompt() != waiting.element().prompt();
            if (another && (ready.size() >= rows || prompts.size() == most)) {
                break;
            }
            before = waiting.remove();
            if (another) {
                prompts.add(before.promptTokens());
            }
            ready.add(new Ready(before, prompts.size() - 1));
        }
        int width = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
        close();
        read = caches.open(ropes.apply(width), prompts.size(), width);
        for (int i = 0; i < prompts.size(); i++) {
            read.setStart(i, width - prompts.get(i).length);
        }
        int stretch = Math.max(1, callTokens / prompts.size());
        for (int at = 0; at < width; at += stretch) {
            progress.checkCanceled();
            read.read(paddedIds(prompts, width, at, Math.min(stretch, width - at)));
        }
    }

    /** Columns {@code at .. at + length - 1} of the prompts padded on the left to a width, row by row. */
    private long[] paddedIds(List<int[]> prompts, int width, int at, int length) {
        long[] ids = new long[prompts.size() * length];
        Arrays.fill(ids, padId);
        for (int i = 0; i < prompts.size(); i++) {
            int[] prompt = prompts.get(i);
            int start = width - prompt.length;
            for (int column = Math.max(at, start); column < at + length; column++) {
                ids[i * length + column - at] = prompt[column - start];
            }
        }
        return ids;
    }

    @Override
    public void close() {
        if (read != null) {
            read.close();
            read = null;
        }
    }
}
