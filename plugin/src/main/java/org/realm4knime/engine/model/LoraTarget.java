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

    /** Its name in a layer of a model, {@code model.layers.0.self_attn.q_proj} for example. */
    String module(int layer) {
        return "model.layers." + layer + "." + block + "." + moduleName();
    }

    /** Whether a tensor of a Hugging Face checkpoint is the weight of this projection. */
    boolean isWeight(String tensorName) {
        return tensorName.endsWith("." + block + "." + moduleName() + ".weight");
    }
}
