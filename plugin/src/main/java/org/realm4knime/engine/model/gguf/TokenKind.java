package org.realm4knime.engine.model.gguf;

/** What a token is, {@code tokenizer.ggml.token_type}. */
enum TokenKind {
    /** A piece of text. */
    NORMAL(1),
    /** What stands for text that has no token. */
    UNKNOWN(2),
    /** A mark, such as the end of a turn, that is no text. */
    CONTROL(3),
    /** A piece of text that is taken whole before byte pairs are merged. */
    USER_DEFINED(4),
    /** A row of the embedding without a token. */
    UNUSED(5),
    /** A single byte, for text that has no token. */
    BYTE(6);

    private final int id;

    TokenKind(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    /** Whether it is looked for as it is written, before anything else. */
    static boolean isFoundWhole(int id) {
        return id == UNKNOWN.id || id == CONTROL.id || id == USER_DEFINED.id;
    }
}
