package org.realm4knime.engine.train;

/**
 * How a step moved the policy, and what it learned beside its own tries.
 *
 * @param kl mean k3 divergence from the reference model over trained tokens, in nats
 * @param stepKl divergence of the policy before the step from that after it, in nats per token
 * @param clipShare share of trained tokens whose probability ratio was clipped
 * @param internalisationLoss cross-entropy of what was internalised, in nats per token
 * @param contrastLoss mean loss of the contrasted steps
 * @param samplerRatio mean of a token's probability here, divided by that which the server that wrote it tells
 * @param samplerDifference mean distance of the two log-probabilities, in nats
 * @param samplerLargest largest distance of the two, in nats
 */
public record PolicyFigures(
        double kl,
        double stepKl,
        double clipShare,
        double internalisationLoss,
        double contrastLoss,
        double samplerRatio,
        double samplerDifference,
        double samplerLargest) {

    /** Of a supervised step. */
    public static final PolicyFigures NONE = new PolicyFigures(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
