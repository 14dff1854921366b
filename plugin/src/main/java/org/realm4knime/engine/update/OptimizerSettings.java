package org.realm4knime.engine.update;

import java.io.Serializable;
import org.realm4knime.engine.Settings;

/**
 * Settings of AdamW (Loshchilov and Hutter, 2019), of its learning-rate schedule and of gradient clipping.
 *
 * @param learningRate step size after the warm-up, above 0
 * @param weightDecay decoupled weight decay of matrices, at least 0; norms and biases never decay
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of squared gradients, in [0, 1)
 * @param epsilon added to the root of the mean squared gradient, above 0
 * @param maxGradNorm gradients of a larger global L2 norm are scaled down to this one, above 0
 * @param warmupSteps steps over which the learning rate rises linearly to its full value, at least 0
 * @param decay how the learning rate falls after the warm-up
 * @param finalRateFraction share of the learning rate that is left at the last step, in [0, 1]; ignored by
 *     {@link LearningRateDecay#CONSTANT}
 */
public record OptimizerSettings(
        double learningRate,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double maxGradNorm,
        int warmupSteps,
        LearningRateDecay decay,
        double finalRateFraction)
        implements Serializable {

    /** Checks the values. */
    public OptimizerSettings {
        Settings.require(
                learningRate > 0 && Double.isFinite(learningRate), "Learning rate", learningRate, "a number above 0");
        Settings.requireNotNegative(weightDecay, "Weight decay");
        Settings.require(beta1 >= 0 && beta1 < 1, "Beta 1", beta1, "a number from 0 to below 1");
        Settings.require(beta2 >= 0 && beta2 < 1, "Beta 2", beta2, "a number from 0 to below 1");
        Settings.require(epsilon > 0, "Epsilon", epsilon, "a number above 0");
        Settings.require(maxGradNorm > 0, "Maximum gradient norm", maxGradNorm, "a number above 0");
        Settings.requireAtLeast(0, warmupSteps, "Warm-up steps");
        Settings.requireShare(finalRateFraction, "Final share of the learning rate");
    }

    /**
     * Settings that suit most runs: little weight decay, betas 0.9 and 0.95, global norm clipped at 1, ten steps of
     * warm-up, linear decay to a tenth.
     *
     * @param learningRate step size after the warm-up, above 0
     * @return the settings
     */
    public static OptimizerSettings of(double learningRate) {
        return new OptimizerSettings(learningRate, 0.01, 0.9, 0.95, 1e-8, 1, 10, LearningRateDecay.LINEAR, 0.1);
    }
}
