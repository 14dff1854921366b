package org.realm4knime.engine.grpo;

import org.realm4knime.engine.Settings;

/**
 * How external routes teach beyond being shown; both ways are off where their share or weight is 0.
 *
 * @param offPolicyShare share of the groups without shown routes that get a right external route as a further member,
 *     with its reward, in [0, 1] (LUFFY, Yan et al., 2025)
 * @param shaping gamma above 0 in f(p) = p / (p + gamma), which takes the place of the probability ratio for its
 *     tokens, as the probability that its author gave them is not known; the smaller, the more unlikely tokens weigh.
 *     0.1 is usual
 * @param contrastWeight weight of the contrast between a right and a wrong route at the step where they part, at least
 *     0
 * @param contrastBeta beta above 0 in -log sigmoid(beta (log p(right step) - log p(wrong step))); the larger, the
 *     sooner a pair counts as learned
 */
public record RouteTeaching(double offPolicyShare, double shaping, double contrastWeight, double contrastBeta) {

    /** Routes are shown, no more. */
    public static final RouteTeaching NONE = new RouteTeaching(0, 0.1, 0, 0.1);

    /** Checks the values. */
    public RouteTeaching {
        Settings.requireShare(offPolicyShare, "Share of groups with a right route");
        Settings.requirePositive(shaping, "Shaping of external routes");
        Settings.requireNotNegative(contrastWeight, "Weight of contrasted steps");
        Settings.requirePositive(contrastBeta, "Beta of contrasted steps");
    }
}
