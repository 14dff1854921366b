package org.realm4knime.engine.route;

import java.util.Objects;

/**
 * One chain of thought for a problem.
 *
 * @param problemId the problem it answers
 * @param source the model or table it comes from
 * @param index its number among the routes of this source for this problem, from 0
 * @param text the chain of thought; empty if the source failed
 * @param answer the extracted answer, or {@code null} if none was found
 * @param tokens length of the text in tokens of its source, 0 if unknown
 * @param meanLogProb mean log-probability of its tokens, at most 0; NaN if unknown
 * @param error why the source gave no route, or {@code null}
 * @param truncated whether the text met the token limit before it ended
 */
public record Route(
        String problemId,
        String source,
        int index,
        String text,
        String answer,
        int tokens,
        double meanLogProb,
        String error,
        boolean truncated) {

    /** Checks the values. */
    public Route {
        Objects.requireNonNull(problemId, "problemId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(text, "text");
    }

    /** A route whose text came to its end. */
    public Route(
            String problemId,
            String source,
            int index,
            String text,
            String answer,
            int tokens,
            double meanLogProb,
            String error) {
        this(problemId, source, index, text, answer, tokens, meanLogProb, error, false);
    }

    /**
     * Whether the source gave no route.
     *
     * @return true if there is an error instead of a text
     */
    public boolean failed() {
        return error != null;
    }

    /**
     * This route with another answer.
     *
     * @param newAnswer the answer, or {@code null}
     * @return a copy that differs in the answer only
     */
    public Route withAnswer(String newAnswer) {
        return new Route(problemId, source, index, text, newAnswer, tokens, meanLogProb, error, truncated);
    }
}
