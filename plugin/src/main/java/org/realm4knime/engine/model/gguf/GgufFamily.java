package org.realm4knime.engine.model.gguf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LayerAttention;
import org.realm4knime.engine.model.Rope;
import org.realm4knime.engine.model.RopeScaling;

/**
 * An architecture as llama.cpp knows it. Some of what Hugging Face's config.json says has no place in a file: llama.cpp
 * takes it for granted, and a model that is made otherwise is refused.
 */
enum GgufFamily {
    LLAMA(Architecture.LLAMA, "llama", true),
    QWEN2(Architecture.QWEN2, "qwen2", false),
    QWEN3(Architecture.QWEN3, "qwen3", false),
    SMOLLM3(Architecture.SMOLLM3, "smollm3", true),
    GEMMA3(Architecture.GEMMA3, "gemma3", false);

    private static final int SMOLLM3_PERIOD = 4;
    private static final int GEMMA3_PERIOD = 6;

    private final Architecture architecture;
    private final String label;
    private final boolean rotatesNeighbours;

    GgufFamily(Architecture architecture, String label, boolean rotatesNeighbours) {
        this.architecture = architecture;
        this.label = label;
        this.rotatesNeighbours = rotatesNeighbours;
    }

    /** The value of {@code general.architecture}, with which the names of all its settings begin. */
    String label() {
        return label;
    }

    /** Whether neighbouring rows of a head are rotated together, rather than row i and row i + h/2. */
    boolean rotatesNeighbours() {
        return rotatesNeighbours;
    }

    /**
     * The family of a decoder.
     *
     * @throws EngineException if llama.cpp would compute something else
     */
    static GgufFamily of(DecoderConfig config) {
        GgufFamily family = Arrays.stream(values())
                .filter(f -> f.architecture.equals(config.architecture()))
                .findFirst()
                .orElseThrow(() ->
                        refused("Models of the architecture %s are not written as GGUF".formatted(config.modelType())));
        family.otherwise(config).ifPresent(what -> {
            throw refused("The model is of the architecture %s with %s".formatted(config.modelType(), what));
        });
        return family;
    }

    /** What a model has that llama.cpp would not compute. */
    private Optional<String> otherwise(DecoderConfig config) {
        if (rope(config).scaling() instanceof RopeScaling.Llama3 && this != LLAMA) {
            return Optional.of("the rope_scaling \"llama3\", which llama.cpp computes for llama alone");
        }
        if (this == SMOLLM3 && !isEvery(SMOLLM3_PERIOD, config, layer -> !hasPositions(layer))) {
            return Optional.of("layers without positions that are not every fourth, as llama.cpp takes for granted");
        }
        if (this == GEMMA3 && !isEvery(GEMMA3_PERIOD, config, GgufFamily::seesAll)) {
            return Optional.of("global layers that are not every sixth, as llama.cpp takes for granted");
        }
        return config.scoreDivisor() == config.headDim()
                ? Optional.empty()
                : Optional.of("a query_pre_attn_scalar that is not the size of a head, as llama.cpp takes for granted");
    }

    private static boolean isEvery(int period, DecoderConfig config, Predicate<LayerAttention> special) {
        List<LayerAttention> layers = config.attention();
        return IntStream.range(0, layers.size())
                .allMatch(i -> special.test(layers.get(i)) == (i % period == period - 1));
    }

    private static boolean hasPositions(LayerAttention layer) {
        return layer.rope().dimensions() > 0;
    }

    private static boolean seesAll(LayerAttention layer) {
        return layer.window() == 0;
    }

    /** The rotary embedding of the layers that have positions and see all tokens, or else of the first. */
    static Rope rope(DecoderConfig config) {
        return config.attention().stream()
                .filter(layer -> hasPositions(layer) && seesAll(layer))
                .findFirst()
                .orElse(config.attention().get(0))
                .rope();
    }

    /** The layers that see but the last tokens, which are alike; empty if there are none. */
    static Optional<LayerAttention> local(DecoderConfig config) {
        return config.attention().stream().filter(layer -> !seesAll(layer)).findFirst();
    }

    private static EngineException refused(String reason) {
        return new EngineException(reason + ". Write it in the Hugging Face layout.");
    }
}
