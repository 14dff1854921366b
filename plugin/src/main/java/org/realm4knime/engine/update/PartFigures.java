package org.realm4knime.engine.update;

import java.io.Serializable;

/**
 * What the micro-batches of one part of an update add up to.
 *
 * @param loss the part's share of the update's loss
 * @param entropySum entropy of the policy, summed over tokens, in nats
 * @param clippedTokens tokens whose probability ratio was clipped
 * @param klSum k3 divergence from the reference model, summed over sampled tokens, in nats
 * @param tokens trained tokens
 * @param sampledTokens those of them that the policy sampled itself
 */
public record PartFigures(
        double loss, double entropySum, double clippedTokens, double klSum, long tokens, long sampledTokens)
        implements Serializable {

    /** Of a part without sequences. */
    public static final PartFigures NONE = new PartFigures(0, 0, 0, 0, 0, 0);

    /**
     * The figures of a micro-batch.
     *
     * @param sums what {@code head_loss} of {@code loss.py} gives: loss, entropy, clipped tokens, divergence
     * @throws DivergedException if the loss is no finite number
     */
    static PartFigures of(float[] sums, MicroBatch batch) {
        if (!Float.isFinite(sums[0])) {
            throw new DivergedException("loss");
        }
        return new PartFigures(sums[0], sums[1], sums[2], sums[3], batch.tokens(), batch.sampledTokens());
    }

    /** Both together. */
    public PartFigures plus(PartFigures other) {
        return new PartFigures(
                loss + other.loss,
                entropySum + other.entropySum,
                clippedTokens + other.clippedTokens,
                klSum + other.klSum,
                tokens + other.tokens,
                sampledTokens + other.sampledTokens);
    }

    /** The same of another loss. */
    public PartFigures withLoss(double other) {
        return new PartFigures(other, entropySum, clippedTokens, klSum, tokens, sampledTokens);
    }

    /** Mean entropy, or NaN without tokens. */
    public double entropy() {
        return entropySum / tokens;
    }

    /** Share of clipped tokens, or NaN without sampled tokens. */
    public double clipShare() {
        return clippedTokens / sampledTokens;
    }

    /** Mean divergence, or NaN without sampled tokens. */
    public double kl() {
        return klSum / sampledTokens;
    }
}
