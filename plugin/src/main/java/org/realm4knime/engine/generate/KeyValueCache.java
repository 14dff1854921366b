package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/**
 * The native state of a batch: keys and values of all tokens so far, and where each row stands. The Java side of
 * {@code generate.py}, which explains slots and padding.
 */
final class KeyValueCache implements AutoCloseable {

    private final DecoderProgram program;
    private final LanguageModel model;
    private final List<NDArray> weights;
    private final NDArray rope;
    private final TensorScope scope = new TensorScope();
    private final int slots;
    private List<NDArray> tensors;
    /** int64 [rows], first slot of each row that is no padding. */
    private NDArray start;
    /** bool [rows], rows that have ended. */
    private NDArray done;
    /** float32 [rows, d], hidden state of the last token; null before the prompt. */
    private NDArray hidden;
    /** Slots that hold tokens. */
    private int used;

    /**
     * Tokens written in one call.
     *
     * @param count tokens a row
     * @param tokens ids, row by row
     * @param logProbs their log-probabilities, row by row
     */
    record Written(int count, long[] tokens, float[] logProbs) {}

    private KeyValueCache(DecoderProgram program, LanguageModel model, List<NDArray> weights, NDArray rope, int slots) {
        this.program = program;
        this.model = model;
        this.weights = weights;
        this.rope = rope;
        this.slots = slots;
    }

    /** A model's weights in the form that generation reads fastest; they are copies, so training does not change them. */
    static List<NDArray> pack(DecoderProgram program, LanguageModel model, TensorScope scope) {
        return program.callWithoutGradients(scope, "pack", model.tensors());
    }

    /**
     * An empty cache.
     *
     * @param weights the model's weights as {@link #pack} returns them, owned by the caller
     * @param rope table of rotations for as many positions as there are slots, owned by the caller
     * @param padding number of slots to leave empty at the beginning of each row
     * @param slots tokens a row can have, padding included
     */
    static KeyValueCache open(
            DecoderProgram program,
            LanguageModel model,
            List<NDArray> weights,
            NDArray rope,
            long[] padding,
            int slots) {
        KeyValueCache cache = new KeyValueCache(program, model, weights, rope, slots);
        cache.tensors = cache.call("open_cache", padding.length, slots);
        cache.start = cache.scope.longs(padding, padding.length);
        cache.done = cache.scope.booleans(new boolean[padding.length]);
        return cache;
    }

    /**
     * A cache whose row i is row {@code rows[i]} of this one, which stays as it is.
     *
     * @param rows indices, in any number and order
     * @param newSlots tokens a row of the new cache can have
     */
    KeyValueCache select(int[] rows, int newSlots) {
        KeyValueCache chosen = new KeyValueCache(program, model, weights, rope, newSlots);
        try (TensorScope temporary = new TensorScope()) {
            NDArray index = temporary.longs(Arrays.stream(rows).asLongStream().toArray(), rows.length);
            chosen.tensors = chosen.call("select_rows", tensors, index, used, newSlots);
            List<NDArray> places = chosen.call("select_places", List.of(start, done, hidden), index);
            chosen.start = places.get(0);
            chosen.done = places.get(1);
            chosen.hidden = places.get(2);
            chosen.used = used;
            return chosen;
        }
    }

    /** Appends given tokens, ids row by row, the same number to every row. */
    void read(long[] ids) {
        int rows = (int) start.getShape().get(0);
        int count = ids.length / rows;
        try (TensorScope temporary = new TensorScope()) {
            NDArray newHidden = program.callWithoutGradients(
                            temporary,
                            "read_prompt",
                            weights,
                            tensors,
                            temporary.longs(ids, rows, count),
                            used,
                            start,
                            rope)
                    .get(0);
            hidden = replace(hidden, newHidden);
            used += count;
        }
    }

    /**
     * Lets the model append tokens to every row.
     *
     * @param uniform random numbers in [0, 1), row by row; as many a row as tokens to write at most
     * @param settings how to draw
     * @param last whether nothing more will be written
     */
    Written write(float[] uniform, SamplingSettings settings, boolean last) {
        int rows = (int) start.getShape().get(0);
        long[] stops = Arrays.stream(model.tokenizer().stopIds()).asLongStream().toArray();
        float[] sampling = {
            (float) settings.temperature(), settings.topK(), (float) settings.topP(), (float) settings.minP()
        };
        try (TensorScope temporary = new TensorScope()) {
            List<NDArray> result = program.callWithoutGradients(
                    temporary,
                    "write_tokens",
                    weights,
                    tensors,
                    hidden,
                    used,
                    start,
                    done,
                    temporary.floats(uniform, rows, uniform.length / rows),
                    temporary.longs(stops, stops.length),
                    model.tokenizer().padId(),
                    temporary.floats(sampling, sampling.length),
                    last,
                    rope);
            hidden = replace(hidden, result.get(2));
            done = replace(done, result.get(3));
            int count = (int) result.get(0).getShape().get(1);
            used += count;
            return new Written(count, result.get(0).toLongArray(), result.get(1).toFloatArray());
        }
    }

    /** Tokens a row can have, padding included. */
    int slots() {
        return slots;
    }

    /** Slots that can still be filled. */
    int free() {
        return slots - used;
    }

    private List<NDArray> call(String method, Object... arguments) {
        List<Object> all = new ArrayList<>();
        all.add(weights);
        all.addAll(Arrays.asList(arguments));
        return program.callWithoutGradients(scope, method, all.toArray());
    }

    private NDArray replace(NDArray old, NDArray fresh) {
        if (old != null) {
            old.close();
        }
        return scope.keep(fresh);
    }

    @Override
    public void close() {
        scope.close();
    }
}
