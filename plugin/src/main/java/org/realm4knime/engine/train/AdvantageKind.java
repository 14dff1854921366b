package org.realm4knime.engine.train;

import java.util.Arrays;

/** How the rewards of a group, the completions of one prompt, become advantages. */
public enum AdvantageKind {
    /** (r - mean) / (sample standard deviation + 1e-4) (GRPO, Shao et al., 2024). */
    GRPO,
    /** r - mean: no division that blows small differences up to full size (Dr. GRPO, Liu et al., 2025). */
    DR_GRPO,
    /** r - mean of the other completions of the group (RLOO, Ahmadian et al., 2024). */
    LEAVE_ONE_OUT;

    private static final double STD_OFFSET = 1e-4;

    /**
     * Advantages of a group.
     *
     * @param rewards rewards of the group's completions; one or more
     * @return one advantage a completion, in the same order; they sum to 0 up to rounding
     */
    public double[] advantages(double[] rewards) {
        int size = rewards.length;
        double mean = Arrays.stream(rewards).average().orElseThrow();
        double factor =
                switch (this) {
                    case GRPO -> 1 / (standardDeviation(rewards, mean) + STD_OFFSET);
                    case DR_GRPO -> 1;
                    case LEAVE_ONE_OUT -> size > 1 ? size / (size - 1.0) : 0;
                };
        return Arrays.stream(rewards).map(reward -> (reward - mean) * factor).toArray();
    }

    /**
     * Whether all rewards of a group are the same, so that none of its completions has an advantage.
     *
     * @param rewards rewards of the group's completions
     * @return true if the group teaches nothing
     */
    public static boolean isWithoutSignal(double[] rewards) {
        return Arrays.stream(rewards).max().orElse(0)
                        - Arrays.stream(rewards).min().orElse(0)
                < 1e-9;
    }

    private static double standardDeviation(double[] values, double mean) {
        if (values.length < 2) {
            return 0;
        }
        double sum = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(sum / (values.length - 1));
    }
}
