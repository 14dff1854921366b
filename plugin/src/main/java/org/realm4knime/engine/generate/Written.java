package org.realm4knime.engine.generate;

import java.util.Objects;

/**
 * A text that a {@link TextGenerator} wrote after a prompt.
 *
 * @param text the answer, without the thought before it where the two are told apart; empty if there is none
 * @param thought what a thinking model thought before it answered; empty if it did not, or if it is part of the text
 * @param tokens length of the text in tokens, without the end token; 0 if unknown
 * @param drawn tokens that were drawn for it, with thought and end token; 0 if unknown
 * @param meanLogProb mean natural logarithm of the tokens' probabilities, at most 0; NaN if unknown
 * @param truncated whether the text met the length limit before it ended
 * @param error why there is no text, in the user's words; null if there is one
 */
public record Written(
        String text, String thought, int tokens, int drawn, double meanLogProb, boolean truncated, String error) {

    /** Checks that there are texts. */
    public Written {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(thought, "thought");
    }

    /** What a model of this machine wrote. */
    static Written of(Completion completion) {
        return new Written(
                completion.text(),
                "",
                completion.tokens().length,
                completion.logProbs().length,
                completion.meanLogProb(),
                completion.truncated(),
                null);
    }

    /** No text. */
    public static Written failed(String error) {
        return new Written("", "", 0, 0, Double.NaN, false, Objects.requireNonNull(error, "error"));
    }

    /** Whether there is no text. */
    public boolean isFailed() {
        return error != null;
    }
}
