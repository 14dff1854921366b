package org.realm4knime.engine.endpoint;

/** Which options of the protocol a server takes. */
public enum Dialect {

    /**
     * {@code max_tokens}, {@code temperature}, {@code top_p}, {@code seed} and {@code stop}, and where they leave out
     * tokens, {@code top_k} and {@code min_p}, which OpenAI's own servers do not know.
     */
    USUAL,

    /** {@code max_completion_tokens} alone, as OpenAI's reasoning models want it: they refuse the others. */
    REASONING
}
