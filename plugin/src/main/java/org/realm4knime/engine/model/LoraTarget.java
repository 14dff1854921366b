package org.realm4knime.engine.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A projection of every decoder layer that a low-rank adapter can be put beside. */
public enum LoraTarget {
    /** Query. */
    Q_PROJ("self_attn"),
    /** Key. */
    K_PROJ("self_attn"),
    /** Value. */
    V_PROJ("self_attn"),
    /** Attention output. */
    O_PROJ("self_attn"),
    /** Gate of the feed-forward block. */
    GATE_PROJ("mlp"),
    /** Input of the feed-forward block. */
    UP_PROJ("mlp"),
    /** Output of the feed-forward block. */
    DOWN_PROJ("mlp");

    private final String block;

    LoraTarget(String block) {
        this.block = block;
    }

    /** Its name in PEFT and Hugging Face, {@code q_proj} for example. */
    public String moduleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The target with a name of PEFT, if it is one of these. */
    public static Optional<LoraTarget> named(String moduleName) {
        return Arrays.stream(values())
                .filter(t -> t.moduleName().equals(moduleName))
                .findFirst();
    }

    /** Name of the projection that it is, or is a part of, in checkpoints of an architecture. */
    String moduleName(Architecture architecture) {
        if (!architecture.has(Difference.FUSED_PROJECTIONS)) {
            return moduleName();
        }
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ -> "qkv_proj";
            case GATE_PROJ, UP_PROJ -> "gate_up_proj";
            case O_PROJ, DOWN_PROJ -> moduleName();
        };
    }

    /** Its name in a layer of a model, {@code model.layers.0.self_attn.q_proj} for example. */
    String module(Architecture architecture, int layer) {
        return "model.layers." + layer + "." + block + "." + moduleName(architecture);
    }

    /** Whether a tensor of a Hugging Face checkpoint is the weight of this projection. */
    boolean isWeight(Architecture architecture, String tensorName) {
        return tensorName.endsWith("." + block + "." + moduleName(architecture) + ".weight");
    }
}
