package org.realm4knime.engine.grpo;

import java.util.Objects;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.update.PolicyLoss;

/**
 * The policy loss.
 *
 * @param advantage how rewards become advantages
 * @param average what the loss is divided by
 * @param clipLow the probability ratio is clipped below 1 - clipLow, in [0, 1]
 * @param clipHigh the probability ratio is clipped above 1 + clipHigh, at least 0
 * @param klCoefficient weight of the k3 divergence from the model at the start, or, where an adapter is trained, from
 *     the weights without it; 0 saves the reference model's pass
 * @param maskTruncated whether completions cut off at the longest length are left out of the loss
 */
public record LossSettings(
        AdvantageKind advantage,
        LossKind average,
        double clipLow,
        double clipHigh,
        double klCoefficient,
        boolean maskTruncated) {

    /** Advantages without division by the group's deviation, a loss over all tokens, no divergence. */
    public static final LossSettings DEFAULT =
            new LossSettings(AdvantageKind.LENGTH_WEIGHTED, LossKind.TOKEN, 0.2, 0.28, 0, false);

    /** Checks the values. */
    public LossSettings {
        Objects.requireNonNull(advantage, "advantage");
        Objects.requireNonNull(average, "average");
        Settings.requireShare(clipLow, "Lower clipping bound");
        Settings.requireNotNegative(clipHigh, "Upper clipping bound");
        Settings.requireNotNegative(klCoefficient, "KL coefficient");
    }

    /** With other advantages. */
    public LossSettings withAdvantage(AdvantageKind kind) {
        return new LossSettings(kind, average, clipLow, clipHigh, klCoefficient, maskTruncated);
    }

    /** Divided by something else. */
    public LossSettings withAverage(LossKind kind) {
        return new LossSettings(advantage, kind, clipLow, clipHigh, klCoefficient, maskTruncated);
    }

    /** With other clipping bounds. */
    public LossSettings withClip(double low, double high) {
        return new LossSettings(advantage, average, low, high, klCoefficient, maskTruncated);
    }

    /** With another weight of the divergence. */
    public LossSettings withKlCoefficient(double weight) {
        return new LossSettings(advantage, average, clipLow, clipHigh, weight, maskTruncated);
    }

    /** With or without cut-off completions in the loss. */
    public LossSettings withTruncatedMasked(boolean masked) {
        return new LossSettings(advantage, average, clipLow, clipHigh, klCoefficient, masked);
    }

    /** Whether a divergence from the start is measured. */
    boolean measuresDivergence() {
        return klCoefficient > 0;
    }

    /** The loss of completions of a temperature. */
    PolicyLoss at(double temperature) {
        return new PolicyLoss(temperature, clipLow, clipHigh);
    }
}
