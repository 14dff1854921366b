package org.realm4knime.engine.model;

import com.google.gson.JsonObject;
import java.nio.file.Path;

/**
 * Shape of a decoder of the Llama family, as in a Hugging Face config.json.
 *
 * @param modelType {@code llama}, {@code qwen2} or {@code qwen3}
 * @param vocabSize number of token ids, rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param layers number of decoder layers
 * @param heads number of query heads
 * @param kvHeads number of key and value heads; divides {@code heads}
 * @param headDim size of a head, even
 * @param intermediateSize width of the feed-forward block
 * @param maxPositions longest sequence in tokens, prompt and completion together
 * @param ropeTheta base of the rotary position embedding
 * @param ropeScaling scaling for long contexts, or null for none
 * @param rmsNormEps constant added to the mean square in the norms
 * @param tiedEmbeddings whether the output projection is the token embedding
 * @param qkvBias whether the query, key and value projections have a bias: Qwen2 and no other
 * @param qkNorm whether queries and keys are normalised a head: Qwen3 and no other
 */
public record DecoderConfig(
        String modelType,
        int vocabSize,
        int hiddenSize,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int intermediateSize,
        int maxPositions,
        double ropeTheta,
        RopeScaling ropeScaling,
        double rmsNormEps,
        boolean tiedEmbeddings,
        boolean qkvBias,
        boolean qkNorm) {

    /** Far above what any model has, and small enough that no product of two sizes overflows. */
    private static final int MOST = 1 << 26;

    private static final int MOST_LAYERS = 10_000;
    private static final int MOST_HEADS = 10_000;
    private static final int LONGEST_HEAD = 10_000;

    public DecoderConfig {
        requireWithin("vocab_size", vocabSize, MOST);
        requireWithin("hidden_size", hiddenSize, MOST);
        requireWithin("num_hidden_layers", layers, MOST_LAYERS);
        requireWithin("num_attention_heads", heads, MOST_HEADS);
        requireWithin("num_key_value_heads", kvHeads, MOST_HEADS);
        requireWithin("head_dim", headDim, LONGEST_HEAD);
        requireWithin("intermediate_size", intermediateSize, MOST);
        requireWithin("max_position_embeddings", maxPositions, Integer.MAX_VALUE);
        if (!(ropeTheta > 0 && Double.isFinite(ropeTheta))) {
            throw new IllegalArgumentException("rope_theta must be positive: " + ropeTheta);
        }
        if (!(rmsNormEps >= 0 && Double.isFinite(rmsNormEps))) {
            throw new IllegalArgumentException("rms_norm_eps must not be negative: " + rmsNormEps);
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    "num_attention_heads %d is not a multiple of num_key_value_heads %d".formatted(heads, kvHeads));
        }
        if (qkvBias != modelType.equals("qwen2") || qkNorm != modelType.equals("qwen3")) {
            throw new IllegalArgumentException(
                    "Exactly qwen2 has a bias on query, key and value, and exactly qwen3 norms"
                            + " queries and keys; not so for " + modelType);
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("head_dim must be even for rotary positions: " + headDim);
        }
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
        return new DecoderConfig(
                "llama", vocabSize, 128, 4, 4, 4, 32, 384, 512, 10_000, null, 1e-6, true, false, false);
    }

    /** Number of parameters, tied ones counted once. */
    public long parameterCount() {
        long attention = (long) hiddenSize * headDim * (2 * heads + 2 * kvHeads);
        long extras = (qkvBias ? (long) qkvRows() : 0) + (qkNorm ? 2L * headDim : 0);
        long layer = attention + extras + 3L * hiddenSize * intermediateSize + 2L * hiddenSize;
        long embeddings = (long) vocabSize * hiddenSize * (tiedEmbeddings ? 1 : 2);
        return embeddings + layers * layer + hiddenSize;
    }

    /** Rows of the stacked query, key and value projection. */
    int qkvRows() {
        return (heads + 2 * kvHeads) * headDim;
    }

    private static void requireWithin(String key, int value, int most) {
        if (value <= 0) {
            throw new IllegalArgumentException(key + " must be positive: " + value);
        }
        if (value > most) {
            throw new IllegalArgumentException("%s is %d, and no model has more than %d".formatted(key, value, most));
        }
    }
}
