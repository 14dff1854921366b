package org.realm4knime.engine.train;

/**
 * What the micro-batches of one update add up to.
 *
 * @param loss loss of the update
 * @param entropySum entropy of the policy, summed over tokens, in nats
 * @param clippedTokens tokens whose probability ratio was clipped
 * @param klSum k3 divergence from the reference model, summed over tokens, in nats
 * @param tokens trained tokens
 * @param gradientNorm global norm before clipping; NaN before the optimizer's step
 */
record StepFigures(
        double loss, double entropySum, double clippedTokens, double klSum, long tokens, double gradientNorm) {

    static final StepFigures NONE = new StepFigures(0, 0, 0, 0, 0, Double.NaN);

    StepFigures plus(StepFigures other) {
        return new StepFigures(
                loss + other.loss,
                entropySum + other.entropySum,
                clippedTokens + other.clippedTokens,
                klSum + other.klSum,
                tokens + other.tokens,
                Double.NaN);
    }

    StepFigures withGradientNorm(double norm) {
        return new StepFigures(loss, entropySum, clippedTokens, klSum, tokens, norm);
    }

    /** For a step without a reference model. */
    StepFigures withoutDivergence() {
        return new StepFigures(loss, entropySum, clippedTokens, Double.NaN, tokens, gradientNorm);
    }

    /** Mean entropy, or NaN without tokens. */
    double entropy() {
        return entropySum / tokens;
    }

    /** Share of clipped tokens, or NaN without tokens. */
    double clipShare() {
        return clippedTokens / tokens;
    }

    /** Mean divergence, or NaN without tokens. */
    double kl() {
        return klSum / tokens;
    }
}
