package org.realm4knime.engine.update;

/**
 * What became of a step of the optimizer.
 *
 * @param gradientNorm global L2 norm of the gradients before they were clipped
 * @param divergence divergence of the weights before the step from those after it, in nats per token; NaN if it was not
 *     measured
 */
public record StepTaken(double gradientNorm, double divergence) {}
