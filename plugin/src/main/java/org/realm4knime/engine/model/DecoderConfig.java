package org.realm4knime.engine.model;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * Shape of a decoder, as in a Hugging Face config.json.
 *
 * @param architecture its family
 * @param vocabSize number of token ids, rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param heads number of query heads
 * @param kvHeads number of key and value heads; divides {@code heads}
 * @param headDim size of a head, even
 * @param intermediateSize width of the feed-forward block
 * @param maxPositions longest sequence in tokens, prompt and completion together
 * @param attention how each layer sees positions, one element a layer
 * @param scoreDivisor attention scores are divided by its square root; the size of a head for all but Gemma
 * @param rmsNormEps constant added to the mean square in the norms
 * @param tiedEmbeddings whether the output projection is the token embedding
 */
public record DecoderConfig(
        Architecture architecture,
        int vocabSize,
        int hiddenSize,
        int heads,
        int kvHeads,
        int headDim,
        int intermediateSize,
        int maxPositions,
        List<LayerAttention> attention,
        double scoreDivisor,
        double rmsNormEps,
        boolean tiedEmbeddings) {

    /** Far above what any model has, and small enough that no product of two sizes overflows. */
    private static final int MOST = 1 << 26;

    static final int MOST_LAYERS = 10_000;
    private static final int MOST_HEADS = 10_000;
    private static final int LONGEST_HEAD = 10_000;

    public DecoderConfig {
        attention = List.copyOf(attention);
        requireWithin("vocab_size", vocabSize, MOST);
        requireWithin("hidden_size", hiddenSize, MOST);
        requireWithin("num_hidden_layers", attention.size(), MOST_LAYERS);
        requireWithin("num_attention_heads", heads, MOST_HEADS);
        requireWithin("num_key_value_heads", kvHeads, MOST_HEADS);
        requireWithin("head_dim", headDim, LONGEST_HEAD);
        requireWithin("intermediate_size", intermediateSize, MOST);
        requireWithin("max_position_embeddings", maxPositions, Integer.MAX_VALUE);
        if (!(rmsNormEps >= 0 && Double.isFinite(rmsNormEps))) {
            throw new IllegalArgumentException("rms_norm_eps must not be negative: " + rmsNormEps);
        }
        if (!(scoreDivisor > 0 && Double.isFinite(scoreDivisor))) {
            throw new IllegalArgumentException("query_pre_attn_scalar must be positive: " + scoreDivisor);
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    "num_attention_heads %d is not a multiple of num_key_value_heads %d".formatted(heads, kvHeads));
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("head_dim must be even for rotary positions: " + headDim);
        }
    }

    /**
     * A decoder whose layers are alike, see all earlier tokens and rotate whole heads.
     *
     * @param layers number of layers
     * @param ropeTheta base of the rotary embedding
     */
    public static DecoderConfig uniform(
            Architecture architecture,
            int vocabSize,
            int hiddenSize,
            int layers,
            int heads,
            int kvHeads,
            int headDim,
            int intermediateSize,
            int maxPositions,
            double ropeTheta,
            double rmsNormEps,
            boolean tiedEmbeddings) {
        LayerAttention alike = new LayerAttention(new Rope(ropeTheta, headDim, null), 0);
        return new DecoderConfig(
                architecture,
                vocabSize,
                hiddenSize,
                heads,
                kvHeads,
                headDim,
                intermediateSize,
                maxPositions,
                Collections.nCopies(layers, alike),
                headDim,
                rmsNormEps,
                tiedEmbeddings);
    }

    /**
     * Reads the content of a config.json.
     *
     * @param json the parsed file
     * @param file its path, for messages
     * @throws org.realm4knime.engine.EngineException if the architecture, or a variant of it, is not supported
     */
    public static DecoderConfig fromJson(JsonObject json, Path file) {
        return new ConfigJson(json, file).toConfig();
    }

    /**
     * Reads the shape of a model without opening it.
     *
     * @param directory a Hugging Face directory
     * @throws org.realm4knime.engine.EngineException if its architecture, or a variant of it, is not supported
     */
    public static DecoderConfig read(Path directory) {
        Path file = directory.resolve("config.json");
        return fromJson(JsonFiles.readObject(file), file);
    }

    /** The content of a config.json that Hugging Face transformers reads. */
    public JsonObject toJson() {
        return ConfigJson.of(this);
    }

    /**
     * The decoder of the built-in tiny models: hidden size 128, 4 layers, tied embeddings, about 0.85 million
     * parameters.
     *
     * @param vocabSize number of token ids
     */
    public static DecoderConfig tiny(int vocabSize) {
        return uniform(Architecture.LLAMA, vocabSize, 128, 4, 4, 4, 32, 384, 512, 10_000, 1e-6, true);
    }

    /** {@code model_type} in config.json. */
    public String modelType() {
        return architecture.modelType();
    }

    /** Whether its family has a difference from Llama. */
    public boolean has(Difference difference) {
        return architecture.has(difference);
    }

    /** Number of decoder layers. */
    public int layers() {
        return attention.size();
    }

    /** The kinds of layers by how they see positions, in the order in which they first come. */
    public List<LayerAttention> attentionKinds() {
        return attention.stream().distinct().toList();
    }

    /** Number of parameters, tied ones counted once. */
    public long parameterCount() {
        return WeightLayout.of(this).stream().mapToLong(Parameter::size).sum();
    }

    /** Rows of the stacked query, key and value projection. */
    int qkvRows() {
        return (heads + 2 * kvHeads) * headDim;
    }

    static void requireWithin(String key, int value, int most) {
        if (value <= 0) {
            throw new IllegalArgumentException(key + " must be positive: " + value);
        }
        if (value > most) {
            throw new IllegalArgumentException("%s is %d, and no model has more than %d".formatted(key, value, most));
        }
    }
}
