package org.realm4knime.engine.train;

/**
 * Constants of the clipped policy loss.
 *
 * @param temperature temperature at which the completions were sampled
 * @param clipLow the probability ratio is clipped below 1 - clipLow
 * @param clipHigh the probability ratio is clipped above 1 + clipHigh
 * @param klCoefficient weight of the divergence from the reference model
 */
record PolicyLoss(double temperature, double clipLow, double clipHigh, double klCoefficient) {}
