package org.realm4knime.engine.update;

import java.io.Serializable;

/**
 * What a training will ask of its worker, which decides the memory it takes.
 *
 * @param shortest tokens of the shortest sequence
 * @param longest tokens of the longest sequence
 * @param rows sequences of a step
 * @param sharedPrompts whether sequences have prompts in common, which are computed once
 * @param writes whether the completions of a step are written by the worker
 * @param reference whether a divergence is measured from the weights of the start
 * @param remembers whether a copy of the weights is kept
 */
public record Workload(
        int shortest,
        int longest,
        int rows,
        boolean sharedPrompts,
        boolean writes,
        boolean reference,
        boolean remembers)
        implements Serializable {

    /** Sequences that were written before the training, each with a prompt of its own. */
    public static Workload of(int shortest, int longest, int rows) {
        return new Workload(shortest, longest, rows, false, false, false, false);
    }

    /** With prompts in common. */
    public Workload withSharedPrompts(boolean shared) {
        return new Workload(shortest, longest, rows, shared, writes, reference, remembers);
    }

    /** With completions that the worker writes. */
    public Workload withWriting() {
        return new Workload(shortest, longest, rows, sharedPrompts, true, reference, remembers);
    }

    /** With a divergence from the weights of the start. */
    public Workload withReference(boolean measured) {
        return new Workload(shortest, longest, rows, sharedPrompts, writes, measured, remembers);
    }

    /** With a copy of the weights. */
    public Workload withCopy(boolean kept) {
        return new Workload(shortest, longest, rows, sharedPrompts, writes, reference, kept);
    }
}
