package org.realm4knime.engine.update;

import java.io.Serializable;

/** The loss that the sequences of an {@link UpdatePart} have in common. */
public sealed interface SequenceLoss extends Serializable permits CrossEntropy, PolicyLoss {}
