package org.realm4knime.engine.update;

/** How the learning rate falls after the warm-up, from its full value to its final share at the last step. */
public enum LearningRateDecay {
    /** Stays at its full value. */
    CONSTANT,
    /** Falls along a straight line. */
    LINEAR,
    /** Falls along half a cosine: slowly at first, fast in the middle, slowly at the end. */
    COSINE
}
