package org.realm4knime.engine.generate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.Torch;

/** Lets rows of a batch grow by a call's tokens. How many those are follows from the model's size alone. */
final class TokenWriter {

    /**
     * Work of one call in floating-point operations: a fraction of a second, so that a job can be canceled between
     * calls.
     */
    private static final double CALL_WORK = 1e10;

    private static final double CALL_WORK_CUDA = 1e13;
    /** Times that work for a stretch of prompts: many tokens at once are read several times as fast as few. */
    private static final double PROMPT_WORK = 6;

    private static final int MAX_TOKENS_PER_CALL = 16;

    private final LanguageModel model;
    private final SamplingSettings settings;
    private final Function<Row, StopStrings> stopStrings;
    private final double callWork;

    /**
     * A writer.
     *
     * @param model whose tokenizer names the tokens that end a row
     * @param settings how to draw
     * @param stopStrings the strings that end a row
     */
    TokenWriter(LanguageModel model, SamplingSettings settings, Function<Row, StopStrings> stopStrings) {
        this.model = model;
        this.settings = settings;
        this.stopStrings = stopStrings;
        callWork = callWork(model.config());
    }

    /** Tokens that one call may write, all rows together. */
    private static double callWork(DecoderConfig config) {
        double tokenWork = 2.0 * config.parameterCount();
        return (Torch.device().isGpu() ? CALL_WORK_CUDA : CALL_WORK) / tokenWork;
    }

    /** Tokens of a prompt that one call may read. */
    int promptTokens() {
        return promptTokens(model.config());
    }

    /** The same of a model with this configuration. */
    static int promptTokens(DecoderConfig config) {
        return (int) Math.max(1, PROMPT_WORK * callWork(config));
    }

    /** Most tokens that one call may write to each of so many rows. */
    int most(int rows) {
        return Math.min(MAX_TOKENS_PER_CALL, (int) Math.max(1, callWork / rows));
    }

    /**
     * Writes tokens, to each row up to its end.
     *
     * @param count most tokens a row
     * @param last whether nothing more will be written into this cache
     */
    void write(KeyValueCache cache, List<Row> batch, int count, boolean last) {
        boolean[] done = new boolean[batch.size()];
        float[] uniform = new float[batch.size() * count];
        for (int i = 0; i < done.length; i++) {
            done[i] = batch.get(i).finished();
            for (int t = 0; t < count && !done[i]; t++) {
                uniform[i * count + t] = batch.get(i).nextRandom();
            }
        }
        store(batch, cache.write(uniform, settings, done, last));
    }

    private void store(List<Row> batch, KeyValueCache.Written written) {
        int[] stops = model.tokenizer().stopIds();
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.get(i);
            int before = row.length();
            for (int t = i * written.count(); t < (i + 1) * written.count() && !row.finished(); t++) {
                int token = Math.toIntExact(written.tokens()[t]);
                row.add(
                        token,
                        number(written.logProbs()[t]),
                        Arrays.stream(stops).anyMatch(stop -> stop == token));
            }
            if (row.length() > before) {
                stopStrings.apply(row).check(row, before);
            }
        }
    }

    private float number(float logProb) {
        if (Float.isNaN(logProb)) {
            throw new EngineException(
                    ("The model %s computes something that is no number (NaN). Its weights are damaged, or its"
                                    + " training has diverged: read it again, or train with a lower learning rate.")
                            .formatted(model.name()));
        }
        return logProb;
    }
}
