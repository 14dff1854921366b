package org.realm4knime.engine.generate;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a model wrote after a prompt.
 *
 * @param tokens token ids, without the end token
 * @param logProbs natural logarithm of the probability with which each token was drawn (at the sampling temperature, before
 *     top-k, top-p and min-p; at temperature 0: at temperature 1); one more than {@code tokens}, that of the end token, unless
 *     truncated
 * @param text the tokens as text
 * @param truncated whether the completion met the length limit before it ended
 * @param stopId the end token that was drawn, one of the tokenizer's {@code stopIds()}; -1 if truncated or not known
 */
public record Completion(int[] tokens, float[] logProbs, String text, boolean truncated, int stopId) {

    public Completion {
        int expected = tokens.length + (truncated ? 0 : 1);
        if (logProbs.length != expected) {
            throw new IllegalArgumentException(
                    "Expected %d log-probabilities, got %d".formatted(expected, logProbs.length));
        }
    }

    /** A completion whose end token is not known. */
    public Completion(int[] tokens, float[] logProbs, String text, boolean truncated) {
        this(tokens, logProbs, text, truncated, -1);
    }

    /** Mean of {@link #logProbs()}, a measure of the model's confidence. */
    public double meanLogProb() {
        double sum = 0;
        for (float logProb : logProbs) {
            sum += logProb;
        }
        return sum / logProbs.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Completion that
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(logProbs, that.logProbs)
                && text.equals(that.text)
                && truncated == that.truncated
                && stopId == that.stopId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(tokens), Arrays.hashCode(logProbs), text, truncated, stopId);
    }

    @Override
    public String toString() {
        return "Completion[%d tokens%s: %s]".formatted(tokens.length, truncated ? ", truncated" : "", text);
    }
}
