package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/**
 * The native state of a batch: keys and values of all tokens so far, and where each row stands. The Java side of
 * {@code generate.py}, which explains slots and padding.
 */
final class KeyValueCache implements AutoCloseable {

    private final Factory factory;
    private final NDArray rope;
    private final TensorScope scope = new TensorScope();
    private final int slots;
    private List<NDArray> tensors;
    /** First slot of each row that is no padding. */
    private final long[] start;
    /** float32 [rows, d], hidden states after the last token. */
    private NDArray hidden;
    /** Slots that hold tokens. */
    private int used;

    /**
     * Tokens written in one call.
     *
     * @param count tokens per row
     * @param tokens ids, row by row
     * @param logProbs their log-probabilities, row by row
     */
    record Written(int count, long[] tokens, float[] logProbs) {}

    /**
     * What the caches of a generation have in common.
     *
     * @param program decoder.py with generate.py
     * @param model whose tokenizer names the tokens that end a row
     * @param weights its weights as {@link #pack} returns them, owned by the caller
     */
    record Factory(DecoderProgram program, LanguageModel model, List<NDArray> weights) {

        /** A model's weights in the form that generation reads fastest: copies, which training does not change. */
        static List<NDArray> pack(DecoderProgram program, LanguageModel model, TensorScope scope) {
            return program.call(scope, "pack", model.tensors());
        }

        /**
         * An empty cache.
         *
         * @param rope table of rotations for as many positions as there are slots, owned by the caller
         * @param rows number of rows
         * @param slots tokens a row can have, padding included
         */
        KeyValueCache open(NDArray rope, int rows, int slots) {
            KeyValueCache cache = new KeyValueCache(this, rope, rows, slots);
            cache.tensors = cache.call(cache.scope, "open_cache", rows, slots);
            cache.hidden = cache.scope.zeros(rows, model.config().hiddenSize());
            return cache;
        }
    }

    private KeyValueCache(Factory factory, NDArray rope, int rows, int slots) {
        this.factory = factory;
        this.rope = rope;
        this.slots = slots;
        this.start = new long[rows];
    }

    /**
     * Moves rows to another cache, whose row i is row {@code rows[i]} of this one. This one is closed: what has been
     * copied is freed at once, since caches are large.
     *
     * @param rows indices, in any number and order
     * @param first slots before this one are left out; only rows that have ended may start before it
     */
    KeyValueCache move(int[] rows, int first) {
        return move(rows, first, slots);
    }

    /** The same, with another number of slots: at least those that are used from the first on. */
    KeyValueCache move(int[] rows, int first, int newSlots) {
        KeyValueCache moved = new KeyValueCache(factory, rope, rows.length, newSlots);
        // a row that has ended must not get positions beyond the table of rotations
        Arrays.setAll(moved.start, i -> Math.max(0, start[rows[i]] - first));
        moved.used = used - first;
        try (this;
                TensorScope temporary = new TensorScope()) {
            moved.tensors = moved.call(
                    moved.scope, "move_rows", tensors, hidden, indices(temporary, rows), first, used, newSlots);
            moved.hidden = moved.tensors.remove(moved.tensors.size() - 1);
            return moved;
        }
    }

    /** Forgets all rows, so that the next ones can be placed with their last token before a slot. */
    void restart(int slot) {
        used = slot;
    }

    /**
     * Puts rows in the place of others; their last tokens go into the last slot used.
     *
     * @param fresh a full cache with at most as many slots as are used here
     * @param rows indices of rows there
     * @param places for each of them, index of its row here
     */
    void place(KeyValueCache fresh, int[] rows, int[] places) {
        try (TensorScope temporary = new TensorScope()) {
            NDArray all = factory.program
                    .call(
                            temporary,
                            "place_rows",
                            tensors,
                            hidden,
                            fresh.tensors,
                            fresh.hidden,
                            indices(temporary, places),
                            indices(temporary, rows),
                            used)
                    .get(0);
            replaceHidden(all);
        }
        IntStream.range(0, rows.length).forEach(i -> start[places[i]] = used - fresh.slots + fresh.start[rows[i]]);
    }

    /** Appends given tokens, ids row by row, the same number to every row. */
    void read(long[] ids) {
        int count = ids.length / start.length;
        try (TensorScope temporary = new TensorScope()) {
            NDArray tokens = temporary.longs(ids, start.length, count);
            replaceHidden(call(temporary, "read_prompt", tensors, tokens, used, starts(temporary), rope)
                    .get(0));
            used += count;
        }
    }

    /**
     * Lets the model append tokens to every row.
     *
     * @param uniform random numbers in [0, 1), row by row; as many a row as tokens to write at most
     * @param settings how to draw
     * @param done for each row, whether it has ended
     * @param last whether nothing more will be written
     */
    Written write(float[] uniform, SamplingSettings settings, boolean[] done, boolean last) {
        long[] stops = indices(factory.model.tokenizer().stopIds());
        try (TensorScope temporary = new TensorScope()) {
            List<NDArray> result = call(
                    temporary,
                    "write_tokens",
                    tensors,
                    hidden,
                    used,
                    starts(temporary),
                    temporary.booleans(done),
                    temporary.floats(uniform, done.length, uniform.length / done.length),
                    temporary.longs(stops, stops.length),
                    factory.model.tokenizer().padId(),
                    settings.temperature(),
                    settings.topK(),
                    settings.topP(),
                    settings.minP(),
                    last,
                    rope);
            replaceHidden(result.get(2));
            int count = (int) result.get(0).getShape().get(1);
            used += count;
            return new Written(count, result.get(0).toLongArray(), result.get(1).toFloatArray());
        }
    }

    /** First slot of a row that is no padding. */
    int start(int row) {
        return (int) start[row];
    }

    /** Leaves slots of a row empty; to be called before it is filled. */
    void setStart(int row, int slot) {
        start[row] = slot;
    }

    /** Tokens a row can have, padding included. */
    int slots() {
        return slots;
    }

    /** Slots that hold tokens. */
    int used() {
        return used;
    }

    /** Slots that can still be filled. */
    int free() {
        return slots - used;
    }

    private List<NDArray> call(TensorScope owner, String method, Object... arguments) {
        List<Object> all = new ArrayList<>();
        all.add(factory.weights);
        all.addAll(Arrays.asList(arguments));
        return factory.program.call(owner, method, all.toArray());
    }

    private void replaceHidden(NDArray fresh) {
        hidden.close();
        hidden = scope.keep(fresh);
    }

    private NDArray starts(TensorScope temporary) {
        return temporary.longs(start, start.length);
    }

    private static NDArray indices(TensorScope temporary, int[] values) {
        return temporary.longs(indices(values), values.length);
    }

    private static long[] indices(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Override
    public void close() {
        scope.close();
    }
}
