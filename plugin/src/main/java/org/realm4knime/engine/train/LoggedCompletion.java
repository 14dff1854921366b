package org.realm4knime.engine.train;

/**
 * A completion kept from training, for a person to read.
 *
 * @param step step that sampled it, from 1
 * @param problemId the problem's id
 * @param prompt the whole prompt, as the model saw it
 * @param completion what the model wrote
 * @param reference the problem's reference answer
 * @param outcome 1 if the answer was right, else 0
 * @param process share of right verdicts on the shown routes, in [0, 1]; NaN where none were shown
 * @param format 1 if the completion ended and holds an answer, else 0
 * @param reward weighted sum of the parts
 * @param advantage advantage within its group
 * @param routesShown number of routes that the prompt showed
 * @param flaw why it earned nothing for its form, in plain words; empty if its form is right
 * @param truncated whether it met the token limit before it ended
 */
public record LoggedCompletion(
        int step,
        String problemId,
        String prompt,
        String completion,
        String reference,
        double outcome,
        double process,
        double format,
        double reward,
        double advantage,
        int routesShown,
        String flaw,
        boolean truncated) {}
