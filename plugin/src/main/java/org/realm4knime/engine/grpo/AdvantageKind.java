package org.realm4knime.engine.grpo;

import java.util.Arrays;

/** How the rewards of a group, the completions of one prompt, become advantages. */
public enum AdvantageKind {
    /** (r - mean) / (sample standard deviation + 1e-4) (GRPO, Shao et al., 2024). */
    GRPO,
    /** r - mean: no division that blows small differences up to full size (Dr. GRPO, Liu et al., 2025). */
    DR_GRPO,
    /** r - mean of the other completions of the group (RLOO, Ahmadian et al., 2024). */
    LEAVE_ONE_OUT,
    /**
     * r - mean weighted by length (OPO, Hao et al., 2025, arXiv 2505.23585). Where every token counts the same, the
     * advantages of a group's tokens then sum to 0. With the plain mean, long wrong completions pull all that is common
     * to right and wrong ones down.
     */
    LENGTH_WEIGHTED;

    private static final double STD_OFFSET = 1e-4;

    /**
     * Advantages of a group.
     *
     * @param rewards rewards of the group's completions; one or more
     * @param lengths their tokens, each at least 1
     * @return one advantage a completion, in the same order; up to rounding they sum to 0, for {@link #LENGTH_WEIGHTED}
     *     each times its length
     */
    public double[] advantages(double[] rewards, int[] lengths) {
        int size = rewards.length;
        double mean = this == LENGTH_WEIGHTED
                ? weightedMean(rewards, lengths)
                : Arrays.stream(rewards).average().orElseThrow();
        double factor =
                switch (this) {
                    case GRPO -> 1 / (standardDeviation(rewards, mean) + STD_OFFSET);
                    case DR_GRPO, LENGTH_WEIGHTED -> 1;
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

    private static double weightedMean(double[] rewards, int[] lengths) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < rewards.length; i++) {
            sum += lengths[i] * rewards[i];
            weights += lengths[i];
        }
        return sum / weights;
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
