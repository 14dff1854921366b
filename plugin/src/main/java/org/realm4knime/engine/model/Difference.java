package org.realm4knime.engine.model;

import java.util.Locale;

/**
 * One thing that a family of decoders does otherwise than Llama. The programs know most of them as a constant of the
 * same name in small letters ({@code config.py}), and compile only the branch that is taken.
 */
public enum Difference {
    /** Query, key and value projections have a bias. */
    QKV_BIAS(true),
    /** Queries and keys are normalised, head by head, before they are rotated. */
    QK_NORM(true),
    /** What attention and feed-forward block add to the residual stream is normalised too, by two further norms. */
    POST_NORMS(true),
    /** The feed-forward block is gated by GELU, as tanh approximates it, instead of SiLU. */
    GELU(true),
    /** Embeddings are multiplied with the square root of their width; the output projection is not. */
    SCALED_EMBEDDING(true),
    /**
     * Checkpoints hold the weights of norms less 1. They are read and written so; the programs have them whole, and
     * decay does not touch them, so that a training is the same.
     */
    NORMS_LESS_ONE(false),
    /**
     * Checkpoints hold query, key and value as one matrix, gate and up as another, and an adapter is beside the whole.
     */
    FUSED_PROJECTIONS(true);

    private final boolean compiled;

    Difference(boolean compiled) {
        this.compiled = compiled;
    }

    /** Whether the programs know it; else it is a matter of checkpoints alone. */
    boolean isCompiled() {
        return compiled;
    }

    /** Its name as a constant of the programs. */
    String constant() {
        return name().toLowerCase(Locale.ROOT);
    }
}
