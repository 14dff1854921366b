package org.realm4knime.engine.distill;

import org.realm4knime.engine.problem.Rule;

/**
 * How far a student has learned a rule: what it answers right, without rules in its prompt, of problems whose accepted
 * rationales cite the rule. It was trained on these problems; how it does on others a benchmark tells.
 *
 * @param rule the rule
 * @param problems how many problems were asked
 * @param rightBefore how many it had right before the training
 * @param rightAfter how many after it
 */
public record LearnedRule(Rule rule, int problems, int rightBefore, int rightAfter) {

    /** Share of right answers before the training, in [0, 1]; NaN if there were no problems. */
    public double before() {
        return (double) rightBefore / problems;
    }

    /** Share of right answers after the training, in [0, 1]; NaN if there were no problems. */
    public double after() {
        return (double) rightAfter / problems;
    }
}
