package org.realm4knime.engine.train;

import java.util.Arrays;
import java.util.List;

/**
 * Sequences laid out for one call: rows padded on the right to the longest, and the trained positions of all rows in one
 * list of N, so that logits are computed for these only.
 *
 * @param rows number of rows B
 * @param length padded length T
 * @param ids input tokens, row by row, B * T
 * @param positions index in 0 .. B * T - 1 of the hidden state that predicts each trained token, N
 * @param targets trained tokens, N
 * @param scale factor of each token's loss, N
 * @param advantage advantage of each token's completion, N
 * @param oldLogProbs log-probability of each token when it was sampled, N; zeros for supervised training
 */
record MicroBatch(
        int rows,
        int length,
        long[] ids,
        long[] positions,
        long[] targets,
        float[] scale,
        float[] advantage,
        float[] oldLogProbs) {

    static MicroBatch of(List<TrainingSequence> sequences, int padId) {
        int rows = sequences.size();
        int length =
                sequences.stream().mapToInt(TrainingSequence::inputLength).max().orElseThrow();
        int tokens = sequences.stream().mapToInt(s -> s.completion().length).sum();
        MicroBatch batch = new MicroBatch(
                rows,
                length,
                new long[rows * length],
                new long[tokens],
                new long[tokens],
                new float[tokens],
                new float[tokens],
                new float[tokens]);
        Arrays.fill(batch.ids, padId);
        int at = 0;
        for (int row = 0; row < rows; row++) {
            at = batch.fill(row, at, sequences.get(row));
        }
        return batch;
    }

    private int fill(int row, int from, TrainingSequence sequence) {
        int start = row * length;
        int promptLength = sequence.prompt().length;
        for (int i = 0; i < promptLength; i++) {
            ids[start + i] = sequence.prompt()[i];
        }
        int completionLength = sequence.completion().length;
        for (int i = 0; i < completionLength; i++) {
            int position = start + promptLength - 1 + i;
            if (i < completionLength - 1) {
                ids[position + 1] = sequence.completion()[i];
            }
            positions[from + i] = position;
            targets[from + i] = sequence.completion()[i];
            scale[from + i] = (float) sequence.scale();
            advantage[from + i] = (float) sequence.advantage();
            oldLogProbs[from + i] = sequence.logProbs().length == 0 ? 0 : sequence.logProbs()[i];
        }
        return from + completionLength;
    }

    /** Trained tokens N. */
    int tokens() {
        return targets.length;
    }
}
