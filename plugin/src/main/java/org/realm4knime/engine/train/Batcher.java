package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Splits the sequences of a step into micro-batches of similar length. How a step is split changes neither its loss nor
 * its gradient, only memory and speed.
 */
final class Batcher {

    private static final int MOST_TOKENS = 16_384;
    private static final int FEWEST_TOKENS = 1_024;
    /** 256 MB of logits in f32; the backward pass holds a few times as much. */
    private static final int MOST_LOGITS = 1 << 26;

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
     * A batcher whose token limit keeps the logits of a micro-batch within a fixed memory.
     *
     * @param maxRows most rows of a micro-batch; 0 for no limit
     * @param vocabSize entries of the vocabulary
     * @param padId token that fills rows up
     * @return the batcher
     */
    static Batcher forVocabulary(int maxRows, int vocabSize, int padId) {
        int tokens = Math.max(FEWEST_TOKENS, Math.min(MOST_TOKENS, MOST_LOGITS / vocabSize));
        return new Batcher(maxRows, tokens, padId);
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
