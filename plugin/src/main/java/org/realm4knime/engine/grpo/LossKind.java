package org.realm4knime.engine.grpo;

/**
 * What the policy loss of a step is divided by. Counts are over all rollouts of the step, those of groups without
 * signal included: few informative groups then make a small step, not a full one.
 */
public enum LossKind {
    /** Every token counts the same: sum over tokens / tokens of all rollouts (DAPO, Yu et al., 2025). */
    TOKEN,
    /** Every completion counts the same: mean over rollouts of the mean over their tokens (GRPO, Shao et al., 2024). */
    SEQUENCE,
    /** Sum over tokens / (rollouts x longest allowed completion): no length bias (Dr. GRPO, Liu et al., 2025). */
    CONSTANT;

    /**
     * Factor of a token's loss.
     *
     * @param length tokens of its completion, the end of sequence included, at least 1
     * @param allTokens tokens of all rollouts of the step
     * @param allRollouts rollouts of the step
     * @param maxLength longest completion allowed, in tokens
     * @return the factor, above 0
     */
    public double tokenScale(int length, long allTokens, int allRollouts, int maxLength) {
        return switch (this) {
            case TOKEN -> 1.0 / allTokens;
            case SEQUENCE -> 1.0 / ((double) allRollouts * length);
            case CONSTANT -> 1.0 / ((double) allRollouts * maxLength);
        };
    }
}
