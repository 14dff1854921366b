package org.realm4knime.engine.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A family of decoders: what tells it from Llama. To add one, see docs/architectures.md.
 *
 * @param modelType {@code model_type} in config.json
 * @param className the class in transformers, {@code architectures} in config.json
 * @param families models of it that people know, for messages
 * @param pattern how its layers see positions, and how config.json says so
 * @param differences what it does otherwise than Llama
 * @param defaultHeadDim size of a head where config.json names none; empty for the hidden size a query head
 * @param tiedByDefault whether the output projection is the embedding where config.json does not say
 */
public record Architecture(
        String modelType,
        String className,
        String families,
        LayerPattern pattern,
        Set<Difference> differences,
        OptionalInt defaultHeadDim,
        boolean tiedByDefault) {

    /** Llama, from which all others are told. */
    public static final Architecture LLAMA = new Architecture(
            "llama",
            "LlamaForCausalLM",
            "Llama 3, SmolLM2, TinyLlama",
            LayerPattern.UNIFORM,
            Set.of(),
            OptionalInt.empty(),
            false);

    /** Qwen 2 and 2.5. */
    public static final Architecture QWEN2 = new Architecture(
            "qwen2",
            "Qwen2ForCausalLM",
            "Qwen 2 and 2.5",
            LayerPattern.UNIFORM,
            Set.of(Difference.QKV_BIAS),
            OptionalInt.empty(),
            false);

    /** Qwen 3, dense. */
    public static final Architecture QWEN3 = new Architecture(
            "qwen3",
            "Qwen3ForCausalLM",
            "Qwen 3",
            LayerPattern.UNIFORM,
            Set.of(Difference.QK_NORM),
            OptionalInt.of(128),
            false);

    /** SmolLM 3: some layers have no positions. */
    public static final Architecture SMOLLM3 = new Architecture(
            "smollm3",
            "SmolLM3ForCausalLM",
            "SmolLM3",
            LayerPattern.SOME_WITHOUT_ROPE,
            Set.of(),
            OptionalInt.empty(),
            true);

    /** Phi 3, and Phi-4-mini, which rotates a part of each head. */
    public static final Architecture PHI3 = new Architecture(
            "phi3",
            "Phi3ForCausalLM",
            "Phi-3-mini, Phi-4-mini",
            LayerPattern.ONE_WINDOW,
            Set.of(Difference.FUSED_PROJECTIONS),
            OptionalInt.empty(),
            false);

    /** Gemma 3, text only. */
    public static final Architecture GEMMA3 = new Architecture(
            "gemma3_text",
            "Gemma3ForCausalLM",
            "Gemma 3 without pictures: 270M, 1B",
            LayerPattern.LOCAL_AND_GLOBAL,
            Set.of(
                    Difference.QK_NORM,
                    Difference.POST_NORMS,
                    Difference.GELU,
                    Difference.SCALED_EMBEDDING,
                    Difference.NORMS_LESS_ONE),
            OptionalInt.of(256),
            true);

    /** All that run. */
    public static final List<Architecture> ALL = List.of(LLAMA, QWEN2, QWEN3, SMOLLM3, PHI3, GEMMA3);

    /** The architecture of a {@code model_type}, if it runs. */
    public static Optional<Architecture> of(String modelType) {
        return ALL.stream().filter(a -> a.modelType.equals(modelType)).findFirst();
    }

    /** All that run, with models that people know, for messages. */
    static String names() {
        return ALL.stream().map(a -> a.modelType + " (" + a.families + ")").collect(Collectors.joining(", "));
    }

    /** Whether it has a difference. */
    public boolean has(Difference difference) {
        return differences.contains(difference);
    }
}
