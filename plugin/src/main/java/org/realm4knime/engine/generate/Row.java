package org.realm4knime.engine.generate;

import java.util.Arrays;

/** One completion in the making. */
final class Row {

    private final int prompt;
    private final int[] promptTokens;
    private final RowRandom random;
    private int[] tokens = new int[16];
    private float[] logProbs = new float[16];
    private int length;
    private boolean ended;

    Row(int prompt, int[] promptTokens, RowRandom random) {
        this.prompt = prompt;
        this.promptTokens = promptTokens;
        this.random = random;
    }

    /** Index of the prompt among all prompts. */
    int prompt() {
        return prompt;
    }

    int[] promptTokens() {
        return promptTokens;
    }

    float nextRandom() {
        return random.next();
    }

    /** Whether the end token was drawn. */
    boolean ended() {
        return ended;
    }

    void add(int token, float logProb, boolean isEnd) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
            logProbs = Arrays.copyOf(logProbs, 2 * length);
        }
        tokens[length] = token;
        logProbs[length] = logProb;
        length++;
        ended = isEnd;
    }

    /** The end token that was drawn, or -1. */
    int stopId() {
        return ended ? tokens[length - 1] : -1;
    }

    /** Tokens drawn, without the end token. */
    int[] tokens() {
        return Arrays.copyOf(tokens, ended ? length - 1 : length);
    }

    /** Log-probabilities of all tokens drawn, with the end token. */
    float[] logProbs() {
        return Arrays.copyOf(logProbs, length);
    }
}
