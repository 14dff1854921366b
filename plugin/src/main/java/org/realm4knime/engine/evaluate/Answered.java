package org.realm4knime.engine.evaluate;

/**
 * A model's answer to one problem.
 *
 * @param problemId the problem
 * @param prompt the text the model was given
 * @param completion everything it wrote
 * @param reasoning its solution: the completion without what it says about the routes
 * @param answer the answer extracted from the reasoning, or null when there is none
 * @param truncated it ran into the token limit
 * @param meanLogProb mean log-probability of the completion's tokens, at most 0; NaN if unknown
 * @param error why the model gave no answer, or null
 */
public record Answered(
        String problemId,
        String prompt,
        String completion,
        String reasoning,
        String answer,
        boolean truncated,
        double meanLogProb,
        String error) {}
