package org.realm4knime.engine.update;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.model.DecoderConfig;

/**
 * Splits the sequences of a step into micro-batches of similar length. How a step is split changes neither its loss nor
 * its gradient, only memory and speed.
 */
final class Batcher {

    private static final int MOST_TOKENS = 16_384;
    private static final int FEWEST_TOKENS = 128;
    /**
     * Floating-point operations that two processor cores do in about five seconds: how long a cancellation may wait.
     */
    private static final double MOST_WORK = 6e11;
    /** Values in f32 that the gradients of all workers together may have: 2 GB. */
    private static final double MOST_GRADIENTS = 5e8;
    /** Prompts are computed once for all their completions where this leaves at most this share of the tokens. */
    private static final double WORTHWHILE = 0.85;

    /** Tokens that make up for the overhead of a micro-batch. */
    private static final int WORTH_A_BATCH = 512;
    /** Largest ratio of padded to actual tokens in a micro-batch that is worth being one already. */
    private static final double MOST_PADDING = 1.1;

    private final int maxRows;
    private final int maxTokens;
    private final int workers;
    private final int padId;

    /**
     * Creates a batcher.
     *
     * @param maxRows most rows of a micro-batch; 0 for no limit
     * @param maxTokens about how many tokens the micro-batches that are computed at the same time have together,
     *     padding included; a longer single sequence goes alone
     * @param workers most micro-batches that are computed at the same time
     * @param padId token that fills rows up
     */
    Batcher(int maxRows, int maxTokens, int workers, int padId) {
        this.maxRows = maxRows == 0 ? Integer.MAX_VALUE : maxRows;
        this.maxTokens = maxTokens;
        this.workers = workers;
        this.padId = padId;
    }

    /**
     * A batcher for a model. Its token limit keeps, on a processor, the work of a micro-batch within a few seconds, so
     * that a training can be canceled.
     *
     * @param config shape of the model
     * @param trained values that are trained, each of which has a gradient in every worker
     * @param maxRows most rows of a micro-batch; 0 for no limit
     * @param padId token that fills rows up
     * @param threads threads of the processor; 0 if the model computes on a graphics card
     * @return the batcher
     */
    static Batcher forModel(DecoderConfig config, long trained, int maxRows, int padId, int threads) {
        if (threads == 0) {
            return new Batcher(maxRows, MOST_TOKENS, 1, padId);
        }
        double byGradients = MOST_GRADIENTS / trained;
        return new Batcher(maxRows, mostTokens(config), (int) Math.max(1, Math.min(threads, byGradients)), padId);
    }

    /**
     * A batcher for a model that reads beside a training and is not trained.
     *
     * @param config shape of the model
     * @param padId token that fills rows up
     * @param readers micro-batches that are computed at the same time, each split by a call of its own
     * @return a batcher for one worker
     */
    static Batcher forReading(DecoderConfig config, int padId, int readers) {
        return new Batcher(0, Math.max(FEWEST_TOKENS, mostTokens(config) / readers), 1, padId);
    }

    private static int mostTokens(DecoderConfig config) {
        // forward and backward pass: 6 operations per parameter and token (Kaplan et al., 2020)
        double byWork = MOST_WORK / (6.0 * config.parameterCount());
        return (int) Math.max(FEWEST_TOKENS, Math.min(MOST_TOKENS, byWork));
    }

    /** Most micro-batches that are computed at the same time. */
    int workers() {
        return workers;
    }

    /**
     * At most about how many tokens are computed at the same time, for a step of that many sequences of that length.
     */
    long tokensAtATime(int rows, int longest) {
        long byRows = Math.min((long) maxRows * workers, rows) * longest;
        return Math.min(byRows, Math.max(maxTokens, (long) workers * longest));
    }

    /**
     * Whether a worker may have several micro-batches of a step, so that there is a sum of gradients beside those of a
     * micro-batch.
     *
     * @param rows sequences of a step
     * @param shortest tokens of the shortest sequence
     * @param longest tokens of the longest
     */
    boolean severalEach(int rows, int shortest, int longest) {
        boolean fits = (long) rows * longest <= maxTokens && rows <= (long) maxRows * workers;
        return rows > workers && !(fits && shortest * MOST_PADDING >= longest);
    }

    /**
     * Splits sequences, the longest first, so that too little memory shows at once. Where many of them continue the
     * same prompts, as the completions of a group do, each micro-batch holds a prompt once.
     *
     * @param sequences sequences of a step
     * @return for each worker its micro-batches, of about equal work; no more workers than there is work for
     */
    List<List<MicroBatch>> split(List<TrainingSequence> sequences) {
        Map<IntBuffer, List<TrainingSequence>> groups = sequences.stream()
                .sorted(Comparator.comparingInt(s -> -s.completion().length))
                .collect(Collectors.groupingBy(
                        s -> IntBuffer.wrap(s.prompt()), LinkedHashMap::new, Collectors.toList()));
        long separate =
                sequences.stream().mapToLong(TrainingSequence::inputLength).sum();
        long once = groups.values().stream().mapToLong(Batcher::tokens).sum();
        boolean shared = once <= WORTHWHILE * separate;
        long tokens = shared ? once : separate;
        int shares = (int) Math.max(1, Math.min(Math.min(workers, sequences.size()), tokens / FEWEST_TOKENS));
        int count = shares * (int) ((tokens + maxTokens - 1) / maxTokens);
        Stream<List<TrainingSequence>> units = shared
                ? groups.values().stream().flatMap(group -> pieces(group, (double) tokens / count))
                : sequences.stream().map(List::of);
        List<MicroBatch> batches =
                partition(
                                units.sorted(Comparator.comparingLong(Batcher::longest))
                                        .toList(),
                                count,
                                shared)
                        .stream()
                        .map(rows -> shared ? MicroBatch.shared(rows, padId) : MicroBatch.plain(rows, padId))
                        .toList();
        return deal(batches, shares);
    }

    /** Tokens that sequences of one prompt compute: the prompt once, each completion without its last. */
    private static long tokens(List<TrainingSequence> group) {
        int prompt = group.get(0).prompt().length;
        return prompt + group.stream().mapToLong(s -> s.inputLength() - prompt).sum();
    }

    /** Minus the length of the longest sequence of a prompt: to sort by. */
    private static long longest(List<TrainingSequence> group) {
        return -group.get(0).inputLength();
    }

    /** A group in pieces of at most one and a half times a number of tokens, where it has more rows than one. */
    private static Stream<List<TrainingSequence>> pieces(List<TrainingSequence> group, double target) {
        int count = (int) Math.max(1, Math.min(group.size(), Math.round(tokens(group) / target)));
        return IntStream.range(0, count)
                .mapToObj(i -> group.subList(i * group.size() / count, (i + 1) * group.size() / count));
    }

    /**
     * Neighbouring units together, so that every part has about the same number of tokens, and no more rows than
     * allowed.
     */
    private List<List<TrainingSequence>> partition(List<List<TrainingSequence>> units, int count, boolean shared) {
        double total = units.stream().mapToLong(Batcher::tokens).sum();
        Map<Integer, List<List<TrainingSequence>>> parts = new TreeMap<>();
        double before = 0;
        for (List<TrainingSequence> unit : units) {
            double middle = before + tokens(unit) / 2.0;
            before += tokens(unit);
            parts.computeIfAbsent((int) (middle / total * count), part -> new ArrayList<>())
                    .add(unit);
        }
        return parts.values().stream()
                .flatMap(part -> similar(part, shared).stream())
                .map(part -> part.stream().flatMap(List::stream).toList())
                .flatMap(this::withinRows)
                .toList();
    }

    /** Cuts sorted units where padding the shorter ones would cost more than computing them apart. */
    private static List<List<List<TrainingSequence>>> similar(List<List<TrainingSequence>> units, boolean shared) {
        List<List<List<TrainingSequence>>> cut = new ArrayList<>();
        int from = 0;
        Padding padding = Padding.NONE;
        for (int i = 0; i < units.size(); i++) {
            Padding longer = padding.with(units.get(i), shared);
            if (padding.tokens() >= WORTH_A_BATCH && longer.ratio() > MOST_PADDING) {
                cut.add(units.subList(from, i));
                from = i;
                longer = Padding.NONE.with(units.get(i), shared);
            }
            padding = longer;
        }
        cut.add(units.subList(from, units.size()));
        return cut;
    }

    /** What a micro-batch holds: prompts that are computed once, and rows that continue them; else rows alone. */
    private record Padding(long tokens, int prompts, int longestPrompt, int rows, int longestRow) {

        static final Padding NONE = new Padding(0, 0, 0, 0, 0);

        Padding with(List<TrainingSequence> unit, boolean shared) {
            int prompt = shared ? unit.get(0).prompt().length : 0;
            return new Padding(
                    tokens + Batcher.tokens(unit),
                    prompts + 1,
                    Math.max(longestPrompt, prompt),
                    rows + unit.size(),
                    Math.max(longestRow, unit.get(0).inputLength() - prompt));
        }

        /** Padded to actual tokens. */
        double ratio() {
            return ((double) prompts * longestPrompt + (double) rows * longestRow) / tokens;
        }
    }

    private Stream<List<TrainingSequence>> withinRows(List<TrainingSequence> rows) {
        return IntStream.iterate(0, from -> from < rows.size(), from -> from + Math.min(maxRows, rows.size() - from))
                .mapToObj(from -> rows.subList(from, from + Math.min(maxRows, rows.size() - from)));
    }

    private static List<List<MicroBatch>> deal(List<MicroBatch> batches, int shares) {
        return IntStream.range(0, Math.min(shares, batches.size()))
                .mapToObj(share -> IntStream.iterate(share, i -> i < batches.size(), i -> i + shares)
                        .mapToObj(batches::get)
                        .toList())
                .toList();
    }
}
