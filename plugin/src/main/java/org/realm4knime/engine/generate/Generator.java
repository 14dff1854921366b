package org.realm4knime.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;
import org.realm4knime.engine.torch.TorchWorkers;

/** Lets a language model complete prompts, in a batch that further prompts refill as completions end. */
public final class Generator {

    /** Weights up to which parts of a batch on a thread each are faster than the whole on all threads. */
    private static final long MOST_WEIGHTS_OF_SMALL = 30_000_000;
    /** Rows that are worth a part of their own. */
    private static final int FEWEST_ROWS = 4;

    private final LanguageModel model;
    private final int batchSize;
    private final DecoderProgram program;

    /**
     * A generator.
     *
     * @param model the model; must stay open and must not be trained while {@link #generate} runs
     * @param batchSize rows that are computed together; more is faster and needs more memory
     */
    public Generator(LanguageModel model, int batchSize) {
        this(model, batchSize, DecoderProgram.shared(model.config(), "generate.py"));
    }

    Generator(LanguageModel model, int batchSize, DecoderProgram program) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size must be at least 1: " + batchSize);
        }
        this.model = model;
        this.batchSize = batchSize;
        this.program = program;
    }

    /** How many tokens of prompts are read at a time, if no prompt is longer. */
    public static int promptTokensAtATime(DecoderConfig config) {
        return TokenWriter.promptTokens(config);
    }

    /**
     * Completes prompts.
     *
     * <p>The same prompts, settings, batch size and threads give the same completions; others change them only where
     * rounding decides. A prompt and a completion together have at most as many tokens as the model has positions; a
     * completion that meets that limit is truncated.
     *
     * @param prompts final texts, such as {@link TextTokenizer#chatPrompt} makes them
     * @param samplesPerPrompt number of completions for each prompt
     * @param settings how to draw
     * @param progress told of the share of completions that are written
     * @return for each prompt, in order, its completions
     * @throws EngineException if a prompt is empty or leaves no room for an answer
     * @throws CanceledJobException if the job was canceled; noticed within a second or so
     */
    public List<List<Completion>> generate(
            List<String> prompts, int samplesPerPrompt, SamplingSettings settings, Progress progress)
            throws CanceledJobException {
        return complete(progress.each(prompts, model.tokenizer()::encode), samplesPerPrompt, settings, progress);
    }

    /**
     * Completes prompts that are tokens already.
     *
     * @see #generate
     */
    public List<List<Completion>> complete(
            List<int[]> prompts, int samplesPerPrompt, SamplingSettings settings, Progress progress)
            throws CanceledJobException {
        return complete(prompts, 0, samplesPerPrompt, settings, progress);
    }

    /**
     * Completes prompts that are some of many, as they would be completed among all.
     *
     * @param first index of the first of them among all, which decides the random numbers
     * @see #generate
     */
    public List<List<Completion>> complete(
            List<int[]> prompts, int first, int samplesPerPrompt, SamplingSettings settings, Progress progress)
            throws CanceledJobException {
        if (samplesPerPrompt < 1) {
            throw new IllegalArgumentException("samplesPerPrompt must be at least 1: " + samplesPerPrompt);
        }
        List<Row> rows = new ArrayList<>(prompts.size() * samplesPerPrompt);
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            int[] tokens = prompts.get(prompt);
            requireFits(tokens, first + prompt);
            int limit = Math.min(settings.maxNewTokens(), model.config().maxPositions() - tokens.length);
            for (int sample = 0; sample < samplesPerPrompt; sample++) {
                rows.add(new Row(prompt, tokens, limit, new RowRandom(settings.seed(), first + prompt, sample)));
            }
        }
        run(rows, settings, progress);
        return IntStream.range(0, prompts.size())
                .mapToObj(p -> rows.subList(p * samplesPerPrompt, (p + 1) * samplesPerPrompt).stream()
                        .map(row -> row.completion(model.tokenizer()))
                        .toList())
                .toList();
    }

    /**
     * Longest prompts first: neighbours in the batch are of similar length, a place that becomes free has room for
     * every prompt that is left, and want of memory shows at once.
     */
    private void run(List<Row> rows, SamplingSettings settings, Progress progress) throws CanceledJobException {
        progress.checkCanceled();
        progress.report(0, "%d completions".formatted(rows.size()));
        List<Row> ordered = rows.stream()
                .sorted(Comparator.comparingInt((Row row) -> -row.promptTokens().length))
                .toList();
        if (!ordered.isEmpty()) {
            List<List<Row>> shares = shares(ordered);
            int places = (Math.min(batchSize, ordered.size()) + shares.size() - 1) / shares.size();
            try (TensorScope scope = new TensorScope();
                    TorchWorkers workers = new TorchWorkers(shares.size())) {
                List<NDArray> weights = Torch.withThreads(
                        Torch.threadsFor(model.config().parameterCount()),
                        () -> KeyValueCache.Factory.pack(program, model, scope));
                KeyValueCache.Factory caches = new KeyValueCache.Factory(program, model, weights);
                List<TorchWorkers.Job<Integer>> jobs = new ArrayList<>();
                for (List<Row> share : shares) {
                    jobs.add(asked -> {
                        new BatchRun(caches, settings, ordered, asked).run(share, places);
                        return share.size();
                    });
                }
                workers.run(jobs, progress);
            }
        }
        progress.report(1, "%d completions".formatted(ordered.size()));
    }

    /**
     * The rows of a small model in as many parts as the processor has threads, each of which is a batch of its own: its
     * operations are too short to be spread over threads. Samples of a prompt stay together. A large model's weights
     * are read once for the whole batch, so that stays one.
     */
    private List<List<Row>> shares(List<Row> rows) {
        boolean small = !Torch.device().isGpu() && model.config().parameterCount() <= MOST_WEIGHTS_OF_SMALL;
        int together = Math.min(batchSize, rows.size());
        int count = small ? Math.max(1, Math.min(Torch.threads(), together / FEWEST_ROWS)) : 1;
        List<List<Row>> byPrompt = new ArrayList<>(rows.stream()
                .collect(Collectors.groupingBy(Row::prompt, LinkedHashMap::new, Collectors.toList()))
                .values());
        boolean manyPrompts = byPrompt.size() >= count;
        return IntStream.range(0, count)
                .mapToObj(share -> manyPrompts
                        ? everyNth(byPrompt, share, count).stream()
                                .flatMap(List::stream)
                                .toList()
                        : everyNth(rows, share, count))
                .toList();
    }

    private static <T> List<T> everyNth(List<T> all, int first, int step) {
        return IntStream.iterate(first, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList();
    }

    private void requireFits(int[] tokens, int index) {
        if (tokens.length == 0) {
            throw new EngineException("Prompt %d is empty.".formatted(index + 1));
        }
        if (tokens.length >= model.config().maxPositions()) {
            throw new EngineException(
                    ("Prompt %d has %d tokens, but the model %s takes %d with the answer. Shorten the question, show"
                                    + " fewer routes or rules, or use a model for longer texts.")
                            .formatted(
                                    index + 1,
                                    tokens.length,
                                    model.name(),
                                    model.config().maxPositions()));
        }
    }
}
