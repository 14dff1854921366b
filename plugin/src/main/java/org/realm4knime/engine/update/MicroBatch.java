package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.realm4knime.engine.torch.TensorScope;

/**
 * Sequences laid out for one call of {@code train.py}. Plain rows are whole sequences padded on the right; shared rows
 * are completions of prompts that are computed once each. The trained positions of all rows are one list of n, so that
 * logits are computed for these only.
 *
 * @param inputs the tensors of {@code rows.py}: one for plain rows, four for shared ones
 * @param length most tokens of a sequence, the last one excluded, which is only predicted
 * @param positions index of the state that predicts each trained token, n
 * @param targets trained tokens, n
 * @param scale weight of each token's loss, n
 * @param advantage advantage of each token, n
 * @param oldLogProbs log-probability of each token when it was sampled, n; zeros where it was not
 * @param shaping gamma of the tokens of external texts, n; 0 for all others
 * @param divergence weight of each token's divergence from the reference model, n
 * @param teacherShare share of a teacher's distribution in the cross-entropy of each token, n
 * @param sequences what the rows are, in the order of their tokens
 */
record MicroBatch(
        List<Block> inputs,
        int length,
        long[] positions,
        long[] targets,
        float[] scale,
        float[] advantage,
        float[] oldLogProbs,
        float[] shaping,
        float[] divergence,
        float[] teacherShare,
        List<TrainingSequence> sequences) {

    /** An int64 tensor in row-major order. */
    record Block(long[] values, long... shape) {

        private static Block filled(long value, int rows, int columns) {
            long[] values = new long[rows * columns];
            Arrays.fill(values, value);
            return new Block(values, rows, columns);
        }

        private void put(int row, int column, int[] tokens, int count) {
            int start = row * (int) shape[1] + column;
            for (int i = 0; i < count; i++) {
                values[start + i] = tokens[i];
            }
        }

        int size() {
            return values.length;
        }
    }

    /**
     * What the methods of {@code train.py} and {@code loss.py} take after the weights.
     *
     * @param rows as {@code rows.py} says
     * @param positions n
     * @param targets n
     */
    record Tensors(List<NDArray> rows, NDArray positions, NDArray targets) {}

    /** Makes the tensors of a call, which owns them. */
    Tensors tensors(TensorScope call) {
        List<NDArray> rows = inputs.stream()
                .map(block -> call.longs(block.values(), block.shape()))
                .toList();
        return new Tensors(rows, call.longs(positions, tokens()), call.longs(targets, tokens()));
    }

    private static MicroBatch sized(List<TrainingSequence> sequences, List<Block> inputs) {
        int length = longest(sequences);
        int tokens = sequences.stream().mapToInt(s -> s.completion().length).sum();
        return new MicroBatch(
                inputs,
                length,
                new long[tokens],
                new long[tokens],
                new float[tokens],
                new float[tokens],
                new float[tokens],
                new float[tokens],
                new float[tokens],
                new float[tokens],
                sequences);
    }

    /** Every sequence a row. */
    static MicroBatch plain(List<TrainingSequence> sequences, int padId) {
        int width = longest(sequences);
        Block ids = Block.filled(padId, sequences.size(), width);
        MicroBatch batch = sized(sequences, List.of(ids));
        int at = 0;
        for (int row = 0; row < sequences.size(); row++) {
            TrainingSequence sequence = sequences.get(row);
            int promptLength = sequence.prompt().length;
            ids.put(row, 0, sequence.prompt(), promptLength);
            ids.put(row, promptLength, sequence.completion(), sequence.completion().length - 1);
            int last = row * width + promptLength - 1;
            at = batch.fill(at, sequence, last, last + 1);
        }
        return batch;
    }

    /** Every completion a row, and every distinct prompt too. */
    static MicroBatch shared(List<TrainingSequence> sequences, int padId) {
        Map<IntBuffer, Integer> prompts = new LinkedHashMap<>();
        sequences.forEach(s -> prompts.putIfAbsent(IntBuffer.wrap(s.prompt()), prompts.size()));
        int promptWidth =
                prompts.keySet().stream().mapToInt(IntBuffer::remaining).max().orElseThrow();
        int width = sequences.stream()
                .mapToInt(s -> Math.max(1, s.completion().length - 1))
                .max()
                .orElseThrow();
        Block promptIds = Block.filled(padId, prompts.size(), promptWidth);
        Block lengths = new Block(new long[prompts.size()], prompts.size());
        Block owners = new Block(new long[sequences.size()], sequences.size());
        Block ids = Block.filled(padId, sequences.size(), width);
        prompts.forEach((prompt, index) -> {
            promptIds.put(index, 0, prompt.array(), prompt.remaining());
            lengths.values[index] = prompt.remaining();
        });
        MicroBatch batch = sized(sequences, List.of(promptIds, lengths, owners, ids));
        int at = 0;
        for (int row = 0; row < sequences.size(); row++) {
            TrainingSequence sequence = sequences.get(row);
            int owner = Objects.requireNonNull(prompts.get(IntBuffer.wrap(sequence.prompt())));
            owners.values[row] = owner;
            ids.put(row, 0, sequence.completion(), sequence.completion().length - 1);
            int last = owner * promptWidth + sequence.prompt().length - 1;
            at = batch.fill(at, sequence, last, promptIds.size() + row * width);
        }
        return batch;
    }

    /** Longest of the sequences without their last tokens. */
    private static int longest(List<TrainingSequence> sequences) {
        return sequences.stream().mapToInt(TrainingSequence::inputLength).max().orElseThrow();
    }

    /**
     * Enters the trained tokens of a sequence.
     *
     * @param lastOfPrompt state that predicts the first of them
     * @param first state of the first, which predicts the second
     */
    private int fill(int from, TrainingSequence sequence, int lastOfPrompt, int first) {
        int count = sequence.completion().length;
        for (int i = 0; i < count; i++) {
            positions[from + i] = i == 0 ? lastOfPrompt : first + i - 1;
            targets[from + i] = sequence.completion()[i];
        }
        TokenTerms terms = sequence.terms();
        System.arraycopy(terms.weight(), 0, scale, from, count);
        System.arraycopy(terms.advantage(), 0, advantage, from, count);
        System.arraycopy(terms.oldLogProbs(), 0, oldLogProbs, from, count);
        System.arraycopy(terms.shaping(), 0, shaping, from, count);
        System.arraycopy(terms.divergence(), 0, divergence, from, count);
        System.arraycopy(terms.teacherShare(), 0, teacherShare, from, count);
        return from + count;
    }

    /**
     * Sums figures of tokens by the sequence they belong to.
     *
     * @param figures n
     * @return the sum of each sequence, by identity
     */
    Map<TrainingSequence, Double> sums(float[] figures) {
        Map<TrainingSequence, Double> sums = new IdentityHashMap<>();
        int at = 0;
        for (TrainingSequence sequence : sequences) {
            double sum = 0;
            for (int end = at + sequence.completion().length; at < end; at++) {
                sum += figures[at];
            }
            sums.put(sequence, sum);
        }
        return sums;
    }

    /** Figures of tokens by the sequence they belong to, by identity. */
    Map<TrainingSequence, float[]> split(float[] figures) {
        Map<TrainingSequence, float[]> split = new IdentityHashMap<>();
        int at = 0;
        for (TrainingSequence sequence : sequences) {
            int end = at + sequence.completion().length;
            split.put(sequence, Arrays.copyOfRange(figures, at, end));
            at = end;
        }
        return split;
    }

    /** Trained tokens that the policy sampled itself. */
    int sampledTokens() {
        int sampled = 0;
        for (float gamma : shaping) {
            sampled += gamma == 0 ? 1 : 0;
        }
        return sampled;
    }

    /** Whether the divergence of any token from the reference model has a weight. */
    boolean diverges() {
        for (float weight : divergence) {
            if (weight != 0) {
                return true;
            }
        }
        return false;
    }

    /** Trained tokens n. */
    int tokens() {
        return targets.length;
    }
}
