package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * Generation for the rows of one batch. Prompts go into the cache once each, whatever the number of their samples; then all
 * rows grow together, some tokens a call, and rows that have ended are dropped between calls.
 *
 * <p>How much one call does follows from the model's size alone, never from a clock, so that a run can be repeated.
 */
final class BatchRun {

    /** Work of one call in floating-point operations: a fraction of a second, so that a job can be canceled between calls. */
    private static final double CALL_WORK = 1e10;

    private static final double CALL_WORK_CUDA = 1e13;
    private static final int MAX_TOKENS_PER_CALL = 16;
    /** Rows are dropped when at least this share of them has ended. */
    private static final double DROP_SHARE = 0.25;

    private final DecoderProgram program;
    private final LanguageModel model;
    private final List<NDArray> weights;
    private final SamplingSettings settings;
    private final int newTokens;
    private final Progress progress;
    private final double callWork;

    /**
     * Prepares a batch.
     *
     * @param weights the model's packed weights
     * @param newTokens most tokens to write a row
     */
    BatchRun(
            DecoderProgram program,
            LanguageModel model,
            List<NDArray> weights,
            SamplingSettings settings,
            int newTokens,
            Progress progress) {
        this.program = program;
        this.model = model;
        this.weights = weights;
        this.settings = settings;
        this.newTokens = newTokens;
        this.progress = progress;
        double tokenWork = 2.0 * model.config().parameterCount();
        callWork = (Torch.device().isGpu() ? CALL_WORK_CUDA : CALL_WORK) / tokenWork;
    }

    /**
     * Writes all rows to their end or to the length limit.
     *
     * @param batch the rows; those of the same prompt are neighbours
     */
    void run(List<Row> batch) throws CanceledJobException {
        List<int[]> prompts = new ArrayList<>();
        int[] promptOfRow = new int[batch.size()];
        for (int i = 0; i < batch.size(); i++) {
            if (i == 0 || batch.get(i).prompt() != batch.get(i - 1).prompt()) {
                prompts.add(batch.get(i).promptTokens());
            }
            promptOfRow[i] = prompts.size() - 1;
        }
        int width = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
        try (TensorScope scope = new TensorScope()) {
            NDArray rope = program.rope(scope, width + newTokens);
            KeyValueCache cache;
            try (KeyValueCache once = readPrompts(prompts, width, rope)) {
                cache = once.select(promptOfRow, width + newTokens);
            }
            write(batch, cache);
        }
    }

    /** Tokens a row that one call may add to that many rows. */
    private int tokensPerCall(int rows) {
        return (int) Math.max(1, callWork / rows);
    }

    private KeyValueCache readPrompts(List<int[]> prompts, int width, NDArray rope) throws CanceledJobException {
        long[] padding = prompts.stream().mapToLong(p -> width - p.length).toArray();
        KeyValueCache cache = KeyValueCache.open(program, model, weights, rope, padding, width);
        try {
            int stretch = tokensPerCall(prompts.size());
            for (int at = 0; at < width; at += stretch) {
                progress.checkCanceled();
                cache.read(paddedIds(prompts, width, at, Math.min(stretch, width - at)));
            }
            return cache;
        } catch (CanceledJobException | RuntimeException e) {
            cache.close();
            throw e;
        }
    }

    /** Columns {@code at .. at + length - 1} of the prompts padded on the left to a width, row by row. */
    private long[] paddedIds(List<int[]> prompts, int width, int at, int length) {
        long[] ids = new long[prompts.size() * length];
        Arrays.fill(ids, model.tokenizer().padId());
        for (int i = 0; i < prompts.size(); i++) {
            int[] prompt = prompts.get(i);
            int start = width - prompt.length;
            for (int column = Math.max(at, start); column < at + length; column++) {
                ids[i * length + column - at] = prompt[column - start];
            }
        }
        return ids;
    }

    private void write(List<Row> batch, KeyValueCache filled) throws CanceledJobException {
        List<Row> rows = batch;
        KeyValueCache cache = filled;
        try {
            while (cache.free() > 0 && !rows.isEmpty()) {
                progress.checkCanceled();
                int count = Math.min(cache.free(), Math.min(MAX_TOKENS_PER_CALL, tokensPerCall(rows.size())));
                store(cache.write(uniform(rows, count), settings, count == cache.free()), rows);
                int[] going = going(rows);
                report(batch.size() - going.length, batch.size(), newTokens - cache.free());
                if (going.length <= (1 - DROP_SHARE) * rows.size()) {
                    rows = Arrays.stream(going).mapToObj(rows::get).toList();
                    cache = rows.isEmpty() ? cache : shrink(cache, going);
                }
            }
        } finally {
            cache.close();
        }
    }

    /** A batch ends with its longest row at the latest, mostly before. */
    private void report(int ended, int size, int written) {
        double fraction = Math.max((double) ended / size, (double) written / newTokens);
        progress.report(
                fraction, "%d of %d completions of this batch ended, %d tokens".formatted(ended, size, written));
    }

    private static KeyValueCache shrink(KeyValueCache cache, int[] going) {
        KeyValueCache smaller = cache.select(going, cache.slots());
        cache.close();
        return smaller;
    }

    private static int[] going(List<Row> rows) {
        return IntStream.range(0, rows.size()).filter(i -> !rows.get(i).ended()).toArray();
    }

    private static float[] uniform(List<Row> rows, int count) {
        float[] uniform = new float[rows.size() * count];
        for (int i = 0; i < uniform.length; i++) {
            uniform[i] = rows.get(i / count).nextRandom();
        }
        return uniform;
    }

    /** Hands tokens and log-probabilities to their rows, each up to its end. */
    private void store(KeyValueCache.Written written, List<Row> rows) {
        int[] stops = model.tokenizer().stopIds();
        for (int i = 0; i < written.tokens().length; i++) {
            Row row = rows.get(i / written.count());
            int token = Math.toIntExact(written.tokens()[i]);
            if (!row.ended()) {
                row.add(token, written.logProbs()[i], Arrays.stream(stops).anyMatch(stop -> stop == token));
            }
        }
    }
}
