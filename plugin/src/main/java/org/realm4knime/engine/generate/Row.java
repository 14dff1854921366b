package org.realm4knime.engine.generate;

import java.util.Arrays;
import org.realm4knime.engine.model.TextTokenizer;

/** One completion in the making. */
final class Row {

    private final int prompt;
    private final int[] promptTokens;
    private final int limit;
    private final RowRandom random;
    private int[] tokens = new int[16];
    private float[] logProbs = new float[16];
    private int length;
    private boolean ended;
    private String stopString;
    private volatile boolean canceled;

    /**
     * An empty completion.
     *
     * @param prompt index of the prompt among all prompts
     * @param limit most tokens, the end token included
     */
    Row(int prompt, int[] promptTokens, int limit, RowRandom random) {
        this.prompt = prompt;
        this.promptTokens = promptTokens;
        this.limit = limit;
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

    /** The stop string that the text came to contain, or null. */
    String stopString() {
        return stopString;
    }

    /** Whether nothing more is to be written. */
    boolean finished() {
        return ended || stopString != null || length == limit || canceled;
    }

    /** Nobody wants the rest any more; may be called by any thread. */
    void cancel() {
        canceled = true;
    }

    int limit() {
        return limit;
    }

    /** Tokens that may still be written. */
    int left() {
        return finished() ? 0 : limit - length;
    }

    /** Tokens drawn, the end token included. */
    int length() {
        return length;
    }

    /** How much of this completion is written, at least, in [0, 1]. */
    double share() {
        return finished() ? 1 : (double) length / limit;
    }

    /** Ends with the first tokens, whose text contains a stop string. */
    void stop(int tokenCount, String string) {
        length = tokenCount;
        stopString = string;
        ended = false;
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

    /** What was written. */
    Completion completion(TextTokenizer tokenizer) {
        int[] written = tokens();
        String text = tokenizer.decode(written);
        boolean stopped = stopString != null;
        return new Completion(
                written,
                logProbs(),
                stopped ? text.substring(0, text.indexOf(stopString)) : text,
                !ended && !stopped,
                stopId(),
                stopString);
    }
}
