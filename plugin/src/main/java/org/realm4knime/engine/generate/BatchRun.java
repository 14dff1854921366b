package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.TensorScope;

/**
 * Continuous batching: all rows of a batch grow together, some tokens a call, and between calls the places of rows that
 * have ended go to the next prompts, so that the batch stays full as long as prompts are left (Yu et al. 2022, Orca).
 * When none is left, rows that have ended are dropped.
 *
 * <p>How much one call does follows from the model's size alone, never from a clock, so that a run can be repeated.
 */
final class BatchRun {

    /** Without further prompts, rows are dropped when at least this share of them has ended. */
    private static final double DROP_SHARE = 0.25;
    /**
     * Slots at the beginning that no row needs any more are given up, which copies the cache, when there are so many.
     */
    private static final int SPARE_SLOTS = 64;

    private final KeyValueCache.Factory caches;
    private final TokenWriter writer;
    private final Progress progress;
    private final List<Row> all;
    private List<Row> batch;
    private PromptQueue queue;
    private KeyValueCache cache;

    /**
     * A run.
     *
     * @param all the rows of all runs that go on side by side, of which the progress tells; what it says of the others'
     *     may be a little old
     */
    BatchRun(KeyValueCache.Factory caches, SamplingSettings settings, List<Row> all, Progress progress) {
        this.all = all;
        this.caches = caches;
        StopStrings stops =
                new StopStrings(settings.stopStrings(), caches.model().tokenizer());
        writer = new TokenWriter(caches.model(), settings, row -> stops);
        this.progress = progress;
    }

    /**
     * Writes all rows to their ends.
     *
     * @param rows longest prompts first, those of the same prompt together; at least one
     * @param batchSize rows that are computed together
     */
    void run(List<Row> rows, int batchSize) throws CanceledJobException {
        int places = Math.min(batchSize, rows.size());
        batch = new ArrayList<>(Collections.nCopies(places, null));
        int width = rows.get(0).promptTokens().length;
        int spare = places < rows.size() ? SPARE_SLOTS : 0;
        int slots = width + rows.stream().mapToInt(Row::limit).max().orElseThrow() + spare;
        try (TensorScope scope = new TensorScope()) {
            NDArray rope = caches.program().rope(scope, slots);
            int padId = caches.model().tokenizer().padId();
            try (PromptQueue waiting =
                    new PromptQueue(rows, caches, slotCount -> rope, padId, writer.promptTokens(), progress)) {
                queue = waiting;
                cache = caches.open(rope, places, slots);
                write();
            } finally {
                if (cache != null) {
                    cache.close();
                }
            }
        }
    }

    private void write() throws CanceledJobException {
        queue.fill(batch, cache);
        for (int[] going = going(); going.length > 0; going = going()) {
            progress.checkCanceled();
            makeRoom(going);
            writeSome();
            queue.fill(batch, cache);
            report();
        }
    }

    private int[] going() {
        return IntStream.range(0, batch.size())
                .filter(i -> !batch.get(i).finished())
                .toArray();
    }

    /** Drops rows that have ended, if none can take their place, and slots that no other needs. */
    private void makeRoom(int[] going) {
        int first = Arrays.stream(going).map(cache::start).min().orElseThrow();
        boolean drop = queue.isEmpty() && going.length <= (1 - DROP_SHARE) * batch.size();
        if (drop || first >= SPARE_SLOTS) {
            int[] kept = drop ? going : IntStream.range(0, batch.size()).toArray();
            cache = cache.move(kept, first);
            batch = new ArrayList<>(Arrays.stream(kept).mapToObj(batch::get).toList());
        }
    }

    private void writeSome() {
        int left = batch.stream().mapToInt(Row::left).max().orElseThrow();
        int count = Math.min(left, Math.min(writer.most(batch.size()), cache.free()));
        writer.write(cache, batch, count, count == left && queue.isEmpty());
    }

    private void report() {
        long ended = all.stream().filter(Row::finished).count();
        long tokens = all.stream().mapToLong(Row::length).sum();
        double share = all.stream().mapToDouble(Row::share).sum() / all.size();
        if (ended < all.size()) {
            progress.report(share, "%d of %d completions ended, %d tokens".formatted(ended, all.size(), tokens));
        }
    }
}
