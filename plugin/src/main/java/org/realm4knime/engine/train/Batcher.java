package org.realm4knime.engine.train;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.realm4knime.engine.model.DecoderConfig;

/**
 * Splits the sequences of a step into micro-batches of similar length. How a step is split changes neither its loss nor
 * its gradient, only memory and speed.
 */
final class Batcher {

    private static final int MOST_TOKENS = 16_384;
    private static final int FEWEST_TOKENS = 128;
    /** Floating-point operations that two processor cores do in about five seconds: how long a cancellation may wait. */
    private static final double MOST_WORK = 6e11;
    /** Prompts are computed once for all their completions where this leaves at most this share of the tokens. */
    private static final double WORTHWHILE = 0.85;

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
     * A batcher for a model. Its token limit keeps, on a processor, the work of a micro-batch within a few seconds, so that
     * a training can be canceled.
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
        return new Batcher(maxRows, (int) Math.max(FEWEST_TOKENS, Math.min(MOST_TOKENS, byWork)), padId);
    }

    /**
     * Splits sequences, the longest first, so that too little memory shows at once. Where many of them continue the same
     * prompts, as the completions of a group do, each micro-batch holds a prompt once.
     *
     * @param sequences sequences of a step
     * @return their micro-batches
     */
    List<MicroBatch> split(List<TrainingSequence> sequences) {
        Map<IntBuffer, List<TrainingSequence>> groups = sequences.stream()
                .collect(Collectors.groupingBy(
                        s -> IntBuffer.wrap(s.prompt()), LinkedHashMap::new, Collectors.toList()));
        long all = sequences.stream().mapToLong(TrainingSequence::inputLength).sum();
        long repeated = groups.entrySet().stream()
                .mapToLong(
                        group -> group.getKey().remaining() * (group.getValue().size() - 1L))
                .sum();
        return all - repeated <= WORTHWHILE * all ? splitShared(groups) : splitPlain(sequences);
    }

    private List<MicroBatch> splitPlain(List<TrainingSequence> sequences) {
        List<TrainingSequence> sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingInt(TrainingSequence::inputLength).reversed());
        List<MicroBatch> batches = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int length = sorted.get(from).inputLength();
            int rows = Math.max(1, Math.min(maxRows, maxTokens / length));
            int to = Math.min(sorted.size(), from + rows);
            batches.add(MicroBatch.plain(sorted.subList(from, to), padId));
            from = to;
        }
        return batches;
    }

    private List<MicroBatch> splitShared(Map<IntBuffer, List<TrainingSequence>> groups) {
        List<List<TrainingSequence>> sorted = new ArrayList<>(groups.values());
        sorted.sort(Comparator.comparingInt(
                (List<TrainingSequence> group) -> -group.get(0).prompt().length));
        List<MicroBatch> batches = new ArrayList<>();
        List<TrainingSequence> rows = new ArrayList<>();
        int promptWidth = 0;
        int prompts = 0;
        int width = 0;
        for (List<TrainingSequence> group : sorted) {
            group.sort(Comparator.comparingInt(s -> -s.completion().length));
            prompts++;
            for (TrainingSequence sequence : group) {
                promptWidth = Math.max(promptWidth, sequence.prompt().length);
                width = Math.max(width, sequence.completion().length - 1);
                long computed = (long) prompts * promptWidth + (rows.size() + 1L) * width;
                if (!rows.isEmpty() && (rows.size() == maxRows || computed > maxTokens)) {
                    batches.add(MicroBatch.shared(rows, padId));
                    rows.clear();
                    prompts = 1;
                    promptWidth = sequence.prompt().length;
                    width = sequence.completion().length - 1;
                }
                rows.add(sequence);
            }
        }
        batches.add(MicroBatch.shared(rows, padId));
        return batches;
    }
}
