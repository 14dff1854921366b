package org.realm4knime.engine.grpo;

/**
 * What a completion earned.
 *
 * @param outcome 1 if the answer is right and, where the settings ask for it, the reasoning sound; else 0
 * @param process share of right verdicts on the shown routes, in [0, 1]; NaN where none were shown
 * @param format 1 if the completion ended and holds an answer, else 0
 * @param total weighted sum of the parts
 * @param solution the reasoning without what it says about the routes
 * @param flaw why the completion earned nothing for its form, in plain words; empty if its form is right
 */
record Reward(double outcome, double process, double format, double total, String solution, String flaw) {

    boolean right() {
        return outcome > 0;
    }
}
