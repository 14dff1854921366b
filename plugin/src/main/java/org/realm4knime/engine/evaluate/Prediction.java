package org.realm4knime.engine.evaluate;

/**
 * One answer of a benchmark.
 *
 * @param model name of the model
 * @param routes {@value Score#WITHOUT} or {@value Score#WITH}
 * @param rules whether the prompt carried rules: {@value Score#WITHOUT} or {@value Score#WITH}
 * @param problemId the problem
 * @param question its question
 * @param reference its reference answer
 * @param completion what the model wrote
 * @param answer the extracted answer, or null
 * @param correct whether it agrees with the reference
 * @param truncated whether the completion met the token limit before it ended
 * @param error why the model gave no answer, or null; such an answer counts as wrong
 */
public record Prediction(
        String model,
        String routes,
        String rules,
        String problemId,
        String question,
        String reference,
        String completion,
        String answer,
        boolean correct,
        boolean truncated,
        String error) {}
