package org.realm4knime.engine.generate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a model wrote after a prompt.
 *
 * @param tokens token ids, without the end token
 * @param logProbs natural logarithm of the probability with which each token was drawn (at the sampling temperature,
 *     before top-k, top-p and min-p; at temperature 0: at temperature 1); one more than {@code tokens} if an end token
 *     was drawn: neither truncated nor ended by a stop string
 * @param text the tokens as text, cut before the stop string
 * @param truncated whether the completion met the length limit before it ended
 * @param stopId the end token that was drawn, one of the tokenizer's {@code stopIds()}; -1 if none was or it is not
 *     known
 * @param stopString the first of the {@link SamplingSettings#stopStrings()} in the tokens' text, which ended the
 *     completion; null if none did
 */
public record Completion(int[] tokens, float[] logProbs, String text, boolean truncated, int stopId, String stopString)
        implements Serializable {

    public Completion {
        int expected = tokens.length + (truncated || stopString != null ? 0 : 1);
        if (logProbs.length != expected) {
            throw new IllegalArgumentException(
                    "Expected %d log-probabilities, got %d".formatted(expected, logProbs.length));
        }
    }

    /** A completion whose end token is not known. */
    public Completion(int[] tokens, float[] logProbs, String text, boolean truncated) {
        this(tokens, logProbs, text, truncated, -1, null);
    }

    /**
     * All tokens that were drawn, one for each log-probability: the end token, if one was drawn, included.
     *
     * @param unknownEnd end token to assume where it is not known which was drawn
     */
    public int[] drawn(int unknownEnd) {
        int[] drawn = Arrays.copyOf(tokens, logProbs.length);
        if (drawn.length > tokens.length) {
            drawn[tokens.length] = stopId < 0 ? unknownEnd : stopId;
        }
        return drawn;
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
                && stopId == that.stopId
                && Objects.equals(stopString, that.stopString);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(tokens), Arrays.hashCode(logProbs), text, truncated, stopId, stopString);
    }

    @Override
    public String toString() {
        return "Completion[%d tokens%s: %s]".formatted(tokens.length, truncated ? ", truncated" : "", text);
    }
}
