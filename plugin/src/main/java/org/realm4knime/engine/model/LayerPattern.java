package org.realm4knime.engine.model;

/** How the layers of an architecture see positions, as its config.json says it; {@link AttentionJson} reads them. */
public enum LayerPattern {
    /** All layers are alike: one rotary embedding, and all earlier tokens. */
    UNIFORM,
    /** All layers are alike and see the last {@code sliding_window} tokens, if that is set. */
    ONE_WINDOW,
    /** Where {@code no_rope_layers} has a 0, queries and keys are not rotated. */
    SOME_WITHOUT_ROPE,
    /**
     * Most layers see the last {@code sliding_window} tokens and rotate by a base of their own; some, by {@code
     * layer_types} or every sixth, see all and rotate by {@code rope_theta}.
     */
    LOCAL_AND_GLOBAL
}
