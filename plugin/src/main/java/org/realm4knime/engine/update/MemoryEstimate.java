package org.realm4knime.engine.update;

import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.Difference;

/**
 * Memory that a training will take on top of the model's weights, in bytes, estimated before it starts.
 *
 * <p>Per trained weight there are two moments and, for each worker, a gradient, or two where it has several
 * micro-batches. A copy of the weights serves as reference model, another is packed for the rollouts. Per token in work
 * each layer keeps what its backward pass needs ({@code layer.py}): twice the hidden size, queries, keys, values, the
 * attention's result, its weights where it is not fused ({@code attention.py}), gate and up; or, with activation
 * checkpointing, only its input. To that come the temporaries of one layer, the logits that are made at a time
 * ({@code loss.py}), and what a teacher needs.
 *
 * <p>Of trainings of 1 to 135 million weights on sequences of one length it gave 0.8 to 1.4 times what they took. Where
 * lengths differ, prompts are shared or a teacher reads it is more of an upper bound: up to 2.6 times.
 *
 * @param moments of the optimizer
 * @param gradients of all workers
 * @param copies of the weights: the reference model, or a student that is its own teacher
 * @param activations of the micro-batches in work at the same time, with their logits
 * @param rollouts keys and values of the rollouts, and the weights packed for them
 * @param checkpointed whether activations are computed twice instead of kept
 */
record MemoryEstimate(
        long moments, long gradients, long copies, long activations, long rollouts, boolean checkpointed) {

    private static final long FLOAT = Float.BYTES;
    /** What the allocator takes beyond what is asked of it; from measurements, as is the next. */
    private static final double FRAGMENTATION = 1.3;
    /** Buffers of the matrix products and of the threads. */
    private static final long BUFFERS = 60_000_000;

    /** Share of the free memory that a training may be estimated at: the rest is for the estimate's error. */
    private static final double USABLE = 0.9;

    /**
     * What decides the memory of a training.
     *
     * @param trained values that are trained
     * @param copies copies of the model's weights that live as long as the training
     * @param shortest tokens of the shortest sequence
     * @param longest tokens of the longest sequence
     * @param rows sequences of a step
     * @param sharedPrompts whether sequences have prompts in common, which are computed once
     * @param rollouts whether the step samples its sequences itself
     * @param teacher whose distributions are learned; null for none
     */
    record Work(
            long trained,
            int copies,
            int shortest,
            int longest,
            int rows,
            boolean sharedPrompts,
            boolean rollouts,
            @Nullable Reader teacher) {}

    /**
     * A model that reads beside the training.
     *
     * @param config its shape
     * @param longest tokens of the longest sequence that it reads
     * @param batcher splits what it reads for each worker
     */
    record Reader(DecoderConfig config, int longest, Batcher batcher) {}

    /**
     * Estimates.
     *
     * @param config shape of the model
     * @param work what is to be trained
     * @param batcher says how much of a step is computed at the same time
     * @param checkpointed whether activations are computed twice
     */
    static MemoryEstimate of(DecoderConfig config, Work work, Batcher batcher, boolean checkpointed) {
        long tokens = batcher.tokensAtATime(work.rows(), work.longest());
        long layers = tokens * perToken(config, work.longest(), work.sharedPrompts(), checkpointed);
        int fusedFrom = DecoderProgram.fusedAttentionFrom();
        if (work.shortest() < fusedFrom && work.longest() >= fusedFrom) {
            // sequences that are just too short for fused attention may take more than longer ones
            long others = batcher.tokensAtATime(work.rows(), fusedFrom - 1);
            layers = Math.max(layers, others * perToken(config, fusedFrom - 1, work.sharedPrompts(), checkpointed));
        }
        boolean several = batcher.severalEach(work.rows(), work.shortest(), work.longest());
        long logitRows = Math.min(tokens, (long) batcher.workers() * DecoderProgram.logitRows(config));
        Reader teacher = work.teacher();
        long logits = (teacher == null ? 3 : 5) * logitRows * config.vocabSize();
        long taught = teacher == null ? 0 : taught(work, teacher, batcher, tokens);
        return new MemoryEstimate(
                2 * FLOAT * work.trained(),
                FLOAT * work.trained() * batcher.workers() * (several ? 2 : 1),
                FLOAT * config.parameterCount() * work.copies(),
                BUFFERS + FLOAT * ((long) (FRAGMENTATION * (layers + taught)) + logits),
                work.rollouts() ? FLOAT * (config.parameterCount() + cache(config, work)) : 0,
                checkpointed);
    }

    /** Values that the layers keep for a token in a sequence of some length, with the temporaries of one layer. */
    private static long perToken(DecoderConfig config, int length, boolean shared, boolean checkpointed) {
        long d = config.hiddenSize();
        long queries = queries(config);
        long keys = (long) config.kvHeads() * config.headDim();
        long kept = 2 * d
                + 2 * queries
                + 2 * keys
                + (isFused(length, shared) ? config.heads() : (long) config.heads() * length)
                + 2L * config.intermediateSize()
                + (config.has(Difference.QK_NORM) ? queries + keys : 0)
                + (config.has(Difference.POST_NORMS) ? 2 * d : 0);
        return temporary(config, length, shared) + (checkpointed ? config.layers() * d + kept : config.layers() * kept);
    }

    private static long temporary(DecoderConfig config, int length, boolean shared) {
        long attention = isFused(length, shared) ? queries(config) : (long) config.heads() * length;
        return 4 * attention + 6L * config.intermediateSize() + 8L * config.hiddenSize();
    }

    /** Completions see a shared prompt, which is not fused. */
    private static boolean isFused(int length, boolean shared) {
        return !shared && length >= DecoderProgram.fusedAttentionFrom();
    }

    private static long queries(DecoderConfig config) {
        return (long) config.heads() * config.headDim();
    }

    /** Values of a teacher's states, and of what it needs to compute them. */
    private static long taught(Work work, Reader teacher, Batcher batcher, long tokens) {
        long read = Math.min(
                batcher.workers() * teacher.batcher().tokensAtATime(work.rows(), teacher.longest()),
                (long) work.rows() * teacher.longest());
        // without what the backward pass makes
        long perToken = temporary(teacher.config(), teacher.longest(), work.sharedPrompts()) / 2;
        return tokens * teacher.config().hiddenSize() + read * perToken;
    }

    /** Keys and values of all layers, of one more while rows change places, and of prompts that are being read. */
    private static long cache(DecoderConfig config, Work work) {
        long tokens = (long) work.rows() * work.longest();
        long read = Math.min(tokens, Math.max(work.longest(), Generator.promptTokensAtATime(config)));
        return ((config.layers() + 1) * tokens + config.layers() * read) * 2 * config.kvHeads() * config.headDim();
    }

    /**
     * The way to train that fits into memory: activations are kept if there is room for them, else computed twice.
     *
     * @param available bytes, or empty if not known: then activations are kept
     * @throws EngineException if there is not enough memory either way
     */
    static MemoryEstimate fitting(DecoderConfig config, Work work, Batcher batcher, OptionalLong available) {
        MemoryEstimate kept = of(config, work, batcher, false);
        if (available.isEmpty() || kept.total() <= USABLE * available.getAsLong()) {
            return kept;
        }
        MemoryEstimate twice = of(config, work, batcher, true);
        if (twice.total() <= USABLE * available.getAsLong()) {
            return twice;
        }
        throw new EngineException(
                ("The training needs %s, but only %s is free. Close other programs, lower the batch size or the"
                                + " micro-batch size, shorten prompts and completions (the longest sequence has %,d"
                                + " tokens), train LoRA adapters instead of all weights, or take a smaller model.")
                        .formatted(twice.describe(), gigabytes(available.getAsLong()), work.longest()));
    }

    /** All of it: rollouts and gradients are never in memory at the same time. */
    long total() {
        return moments + copies + Math.max(gradients + activations, rollouts);
    }

    /** One line for the user. */
    String describe() {
        return "about %s of memory (optimizer %s, gradients %s, copies of the weights %s, activations %s%s%s)"
                .formatted(
                        gigabytes(total()),
                        gigabytes(moments),
                        gigabytes(gradients),
                        gigabytes(copies),
                        gigabytes(activations),
                        checkpointed ? ", computed twice to save memory" : "",
                        rollouts == 0 ? "" : ", rollouts " + gigabytes(rollouts));
    }

    private static String gigabytes(long bytes) {
        return bytes < 100_000_000
                ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / 1e6))
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
