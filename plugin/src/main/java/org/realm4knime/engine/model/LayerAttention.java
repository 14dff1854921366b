package org.realm4knime.engine.model;

/**
 * How a layer's attention sees positions.
 *
 * @param rope its rotary embedding
 * @param window how many tokens a token sees at most, itself and those before it; 0 for all
 */
public record LayerAttention(Rope rope, int window) {

    /** Checks the values. */
    public LayerAttention {
        if (window < 0) {
            throw new IllegalArgumentException("sliding_window must not be negative: " + window);
        }
    }
}
