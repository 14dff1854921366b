package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.realm4knime.engine.model.DecoderConfig;

/**
 * Splits the sequences of a step into micro-batches of similar length. How a step is split changes neither its loss nor
 * its gradient, only memory and speed.
 */
final class Batcher {

    private static final int MOST_TOKENS = 16_384;
    private static final int FEWEST_TOKENS = 128;
    /** 256 MB of logits in f32; the backward pass holds a few times as much. */
    private static final long MOST_LOGITS = 1L << 26;
    /** Floating-point operations that a few processor cores do in a second or two: how long a cancellation may wait. */
    private static final double MOST_WORK = 2e11;

    private final int maxRows;
    private final int maxTokens;
    private final int padId;

    /**
     * Creates a batcher.
     *
     * @param maxRows most rows of a micro-batch; 0 for no limit
     * @param maxTokens most tokens of a micro-batch, padding included; a longer single sequence goes alone
     * @param padId token that fills rows up
     */
    Batcher(int maxRows, int maxTokens, int padId) {
        this.maxRows = maxRows == 0 ? Integer.MAX_VALUE : maxRows;
        this.maxTokens = maxTokens;
        this.padId = padId;
    }

    /**
     * A batcher for a model. Its token limit keeps the logits of a micro-batch within a fixed memory and, on a processor,
     * the work within a second or two, so that a training can be canceled.
     *
     * @param config shape of the model
     * @param maxRows most rows of a micro-batch; 0 for no limit
     * @param padId token that fills rows up
     * @param onGpu whether the model computes on a graphics card
     * @return the batcher
     */
    static Batcher forModel(DecoderConfig config, int maxRows, int padId, boolean onGpu) {
        // forward and backward pass: 6 operations a parameter and token (Kaplan et al., 2020)
        double byWork = onGpu ? MOST_TOKENS : MOST_WORK / (6.0 * config.parameterCount());
        double tokens = Math.min(Math.min(MOST_TOKENS, byWork), (double) MOST_LOGITS / config.vocabSize());
        return new Batcher(maxRows, Math.max(FEWEST_TOKENS, (int) tokens), padId);
    }

    /**
     * Splits sequences, the longest first, so that too little memory shows at once.
     *
     * @param sequences sequences of a step
     * @return their micro-batches
     */
    List<MicroBatch> split(List<TrainingSequence> sequences) {
        List<TrainingSequence> sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingInt(TrainingSequence::inputLength).reversed());
        List<MicroBatch> batches = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int length = sorted.get(from).inputLength();
            int rows = Math.max(1, Math.min(maxRows, maxTokens / length));
            int to = Math.min(sorted.size(), from + rows);
            batches.add(MicroBatch.of(sorted.subList(from, to), padId));
            from = to;
        }
        return batches;
    }
}
