package org.realm4knime.engine.update;

/**
 * The clipped policy loss. With r = p / p_old of a token, A its advantage and k3 its divergence from the reference
 * model (Schulman, 2020), the loss of a sampled token is, weight and divergence being terms of its own
 * ({@link TokenTerms}),
 *
 * <pre>weight (-min(r A, clip(r, 1 - clipLow, 1 + clipHigh) A) + divergence k3)</pre>
 *
 * and that of a token of an external text, without clip and divergence, weight (-A p / (p + gamma)).
 *
 * @param temperature temperature at which the completions were sampled
 * @param clipLow the probability ratio is clipped below 1 - clipLow
 * @param clipHigh the probability ratio is clipped above 1 + clipHigh
 */
public record PolicyLoss(double temperature, double clipLow, double clipHigh) implements SequenceLoss {}
