package org.realm4knime.engine.update;

/**
 * With p the model's and q a teacher's distribution, the loss of a token is
 *
 * <pre>weight ((1 - share) (-log p(token)) + share (- sum of q log p))</pre>
 *
 * where share is 0 for a sequence without a teacher's prompt.
 */
public record CrossEntropy() implements SequenceLoss {}
