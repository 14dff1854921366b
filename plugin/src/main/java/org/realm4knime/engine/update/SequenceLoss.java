package org.realm4knime.engine.update;

/** The loss that the sequences of an {@link UpdatePart} have in common. */
public sealed interface SequenceLoss permits CrossEntropy, PolicyLoss {}
