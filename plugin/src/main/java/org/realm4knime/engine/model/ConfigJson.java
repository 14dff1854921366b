package org.realm4knime.engine.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.realm4knime.engine.EngineException;

/** Translates between {@link DecoderConfig} and Hugging Face's config.json. */
final class ConfigJson {

    private static final String SILU = "silu";
    private static final String GELU = "gelu_pytorch_tanh";

    private final JsonMembers json;
    private final Path file;

    ConfigJson(JsonObject json, Path file) {
        this.json = new JsonMembers(json, file);
        this.file = file;
    }

    DecoderConfig toConfig() {
        Architecture architecture = architecture();
        refuseVariants(architecture);
        int hiddenSize = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int headDim = json.integer("head_dim", architecture.defaultHeadDim().orElse(hiddenSize / Math.max(1, heads)));
        try {
            AttentionJson attention = new AttentionJson(json, architecture.pattern(), headDim);
            return new DecoderConfig(
                    architecture,
                    json.integer("vocab_size"),
                    hiddenSize,
                    heads,
                    json.integer("num_key_value_heads", heads),
                    headDim,
                    json.integer("intermediate_size"),
                    attention.maxPositions(),
                    attention.layers(),
                    architecture.pattern() == LayerPattern.LOCAL_AND_GLOBAL
                            ? json.number("query_pre_attn_scalar", headDim)
                            : headDim,
                    json.number("rms_norm_eps", 1e-6),
                    json.flag("tie_word_embeddings", architecture.tiedByDefault()));
        } catch (IllegalArgumentException e) {
            throw new EngineException(file + ": " + e.getMessage() + ".", e);
        }
    }

    private Architecture architecture() {
        String type = json.text("model_type", "");
        return Architecture.of(type)
                .orElseThrow(() -> new EngineException("%s: architecture \"%s\" is not supported. %sSupported are %s."
                        .formatted(
                                file, type.isEmpty() ? "(no model_type)" : type, advice(type), Architecture.names())));
    }

    /** Which model to take instead of one that people come with. */
    private static String advice(String type) {
        if (type.endsWith("moe") || type.equals("mixtral")) {
            return "It is a mixture of experts; take a dense model of the same family. ";
        }
        return switch (type) {
            case "gemma3" ->
                "It reads pictures too; take a Gemma 3 of text alone, 270M or 1B, whose model_type is gemma3_text. ";
            case "gemma3n", "gemma3n_text" ->
                "Gemma 3n has parts that Gemma 3 has not; take Gemma 3 of text alone, 270M or 1B. ";
            case "gemma", "gemma2" -> "Gemma 1 and 2 are not computed; take Gemma 3 of text alone, 270M or 1B. ";
            case "mllama" -> "It reads pictures too; take Llama 3.2 1B or 3B. ";
            case "phi4mm" -> "It reads pictures and sound too; take Phi-4-mini-instruct. ";
            default -> "";
        };
    }

    /** Options of these architectures that change the computation and that the decoder does not have. */
    private void refuseVariants(Architecture architecture) {
        String expected = activation(architecture);
        for (String key : new String[] {"hidden_act", "hidden_activation"}) {
            String activation = json.text(key, expected);
            if (!activation.equals(expected)) {
                throw json.unsupported(key, activation, expected);
            }
        }
        for (String key : new String[] {"mlp_bias", "lm_head_bias", "use_bidirectional_attention"}) {
            if (json.flag(key, false)) {
                throw json.unsupported(key, "true", "false");
            }
        }
        if (!architecture.has(Difference.QKV_BIAS) && json.flag("attention_bias", false)) {
            throw json.unsupported("attention_bias", "true", "false");
        }
        for (String key : new String[] {"attn_logit_softcapping", "final_logit_softcapping"}) {
            if (json.has(key)) {
                throw json.unsupported(
                        key + " (soft-capping of scores, as in Gemma 2)",
                        json.json().get(key).toString(),
                        "null, as in Gemma 3");
            }
        }
        if (json.has("quantization_config")
                && json.json().get("quantization_config").isJsonObject()) {
            throw new EngineException(file + ": the checkpoint is quantized. Use the model's unquantized checkpoint"
                    + " (float32, float16 or bfloat16).");
        }
    }

    private static String activation(Architecture architecture) {
        return architecture.has(Difference.GELU) ? GELU : SILU;
    }

    static JsonObject of(DecoderConfig config) {
        Architecture architecture = config.architecture();
        JsonObject json = new JsonObject();
        JsonArray classes = new JsonArray();
        classes.add(architecture.className());
        json.add("architectures", classes);
        json.addProperty("model_type", architecture.modelType());
        json.addProperty("vocab_size", config.vocabSize());
        json.addProperty("hidden_size", config.hiddenSize());
        json.addProperty("intermediate_size", config.intermediateSize());
        json.addProperty("num_hidden_layers", config.layers());
        json.addProperty("num_attention_heads", config.heads());
        json.addProperty("num_key_value_heads", config.kvHeads());
        json.addProperty("head_dim", config.headDim());
        json.addProperty("max_position_embeddings", config.maxPositions());
        AttentionJson.write(config, json);
        json.addProperty("rms_norm_eps", config.rmsNormEps());
        json.addProperty("tie_word_embeddings", config.tiedEmbeddings());
        if (!architecture.has(Difference.QKV_BIAS)) {
            json.addProperty("attention_bias", false);
        }
        json.addProperty(
                architecture.has(Difference.GELU) ? "hidden_activation" : "hidden_act", activation(architecture));
        // else transformers takes the token of the family's published models, which a smaller vocabulary may lack
        json.add("pad_token_id", JsonNull.INSTANCE);
        return json;
    }
}
