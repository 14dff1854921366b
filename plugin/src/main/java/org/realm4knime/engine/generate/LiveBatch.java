package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.TensorScope;

/**
 * A batch to which rows may be added at any time: they are read and take places between two calls. It grows and shrinks
 * with what is asked, in rows and in slots; rows that go on are then moved together. {@link BatchRun} knows all rows
 * beforehand and need not do so.
 */
final class LiveBatch implements AutoCloseable {

    /** Slots beyond those that are needed, so that not every row that comes has the cache copied. */
    private static final int SPARE_SLOTS = 64;
    /** Slots before the first that a row needs, which are worth a copy to be rid of. */
    private static final int STALE_SLOTS = 256;

    private static final int SHORTEST_ROPE = 1024;

    private final KeyValueCache.Factory caches;
    private final TokenWriter writer;
    private final PromptQueue queue;
    private final int places;
    private final TensorScope ropes = new TensorScope();
    private NDArray rope;
    private List<Row> batch = new ArrayList<>();
    private KeyValueCache cache;

    /**
     * An empty batch.
     *
     * @param settings how to draw the tokens of all rows; seed, limit and stop strings aside
     * @param stopStrings the strings that end a row
     * @param places most rows that are computed together
     */
    LiveBatch(
            KeyValueCache.Factory caches,
            SamplingSettings settings,
            Function<Row, StopStrings> stopStrings,
            int places) {
        this.caches = caches;
        this.places = places;
        writer = new TokenWriter(caches.model(), settings, stopStrings);
        queue = new PromptQueue(
                List.of(),
                caches,
                this::rope,
                caches.model().tokenizer().padId(),
                writer.promptTokens(),
                Progress.silent());
    }

    /** Adds rows of one prompt, whose number no other prompt of this batch has. */
    void add(List<Row> rows) {
        queue.add(rows);
    }

    /** Gives places to rows that wait, and lets all rows that have one grow by a call's tokens. */
    void advance() throws CanceledJobException {
        int[] going = going();
        int wanted = Math.min(places, going.length + queue.size());
        if (wanted == 0) {
            return;
        }
        makeRoom(going, wanted);
        queue.fill(batch, cache);
        int left = batch.stream().mapToInt(Row::left).max().orElseThrow();
        if (left > 0) { // else rows were canceled while they waited
            int count = Math.min(left, Math.min(writer.most(batch.size()), cache.free()));
            writer.write(cache, batch, count, count == left && queue.isEmpty());
        }
    }

    private int[] going() {
        return IntStream.range(0, batch.size())
                .filter(i -> !batch.get(i).finished())
                .toArray();
    }

    /** Sees to it that so many rows have places, and that the next prompts and a token fit. */
    private void makeRoom(int[] going, int wanted) {
        int width = queue.width(wanted - going.length);
        if (going.length == 0) {
            // what fills an empty batch begins right behind its prompts
            if (cache == null || batch.size() != wanted || cache.slots() <= width) {
                replace(caches.open(rope(slots(width)), wanted, slots(width)), List.of(), wanted);
            }
            return;
        }
        int first = IntStream.of(going).map(cache::start).min().orElseThrow();
        boolean rows = batch.size() < wanted || 2 * wanted <= batch.size();
        if (rows || cache.used() < width || cache.free() == 0 || first >= STALE_SLOTS) {
            move(going, first, Math.max(cache.used() - first, width), wanted);
        }
    }

    private int slots(int used) {
        int left = batch.stream().mapToInt(Row::left).max().orElse(0);
        return used + Math.max(left, queue.limit()) + SPARE_SLOTS;
    }

    /** Moves rows to the first places of another cache, so that their last tokens lie before slot {@code used}. */
    private void move(int[] rows, int first, int used, int wanted) {
        int[] firstPlaces = IntStream.range(0, rows.length).toArray();
        List<Row> kept = IntStream.of(rows).mapToObj(batch::get).toList();
        KeyValueCache larger;
        try (KeyValueCache whole = cache.move(rows, first, cache.used() - first)) {
            larger = caches.open(rope(slots(used)), wanted, slots(used));
            larger.restart(used);
            larger.place(whole, firstPlaces, firstPlaces);
        }
        replace(larger, kept, wanted);
    }

    private void replace(KeyValueCache other, List<Row> kept, int size) {
        if (cache != null) {
            cache.close();
        }
        cache = other;
        batch = new ArrayList<>(kept);
        batch.addAll(Collections.nCopies(size - kept.size(), null));
    }

    private NDArray rope(int slots) {
        if (rope == null || rope.getShape().get(0) < slots) {
            rope = caches.program().rope(ropes, Math.max(SHORTEST_ROPE, 2 * slots));
        }
        return rope;
    }

    @Override
    public void close() {
        queue.close();
        if (cache != null) {
            cache.close();
        }
        ropes.close();
    }
}
