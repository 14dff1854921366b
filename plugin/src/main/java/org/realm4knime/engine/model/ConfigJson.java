package org.realm4knime.engine.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.realm4knime.engine.EngineException;

/** Translates between {@link DecoderConfig} and Hugging Face's config.json. */
final class ConfigJson {

    private static final Map<String, String> ARCHITECTURES =
            Map.of("llama", "LlamaForCausalLM", "qwen2", "Qwen2ForCausalLM", "qwen3", "Qwen3ForCausalLM");

    private final JsonObject json;
    private final Path file;

    ConfigJson(JsonObject json, Path file) {
        this.json = json;
        this.file = file;
    }

    DecoderConfig toConfig() {
        String type = modelType();
        refuseVariants(type);
        int hiddenSize = integer("hidden_size");
        int heads = integer("num_attention_heads");
        JsonObject rope = rope();
        double theta = number(rope, "rope_theta", number(json, "rope_theta", 10_000));
        if (number(rope, "partial_rotary_factor", 1) != 1) {
            throw unsupported(
                    "partial_rotary_factor", rope.get("partial_rotary_factor").getAsString(), "1");
        }
        try {
            return new DecoderConfig(
                    type,
                    integer("vocab_size"),
                    hiddenSize,
                    integer("num_hidden_layers"),
                    heads,
                    integer("num_key_value_heads", heads),
                    headDim(type, hiddenSize, heads),
                    integer("intermediate_size"),
                    integer("max_position_embeddings", 2048),
                    theta,
                    ropeScaling(rope),
                    number(json, "rms_norm_eps", 1e-6),
                    flag("tie_word_embeddings", false),
                    type.equals("qwen2"),
                    type.equals("qwen3"));
        } catch (IllegalArgumentException e) {
            throw new EngineException(file + ": " + e.getMessage() + ".", e);
        }
    }

    private String modelType() {
        String type = text(json, "model_type", "");
        if (!ARCHITECTURES.containsKey(type)) {
            throw new EngineException(
                    ("%s: architecture \"%s\" is not supported. Supported are llama (SmolLM2, TinyLlama, Llama 3),"
                                    + " qwen2 and qwen3.")
                            .formatted(file, type.isEmpty() ? "(no model_type)" : type));
        }
        return type;
    }

    /** Options of these architectures that change the computation and that the decoder does not have. */
    private void refuseVariants(String type) {
        String activation = text(json, "hidden_act", "silu");
        if (!activation.equals("silu")) {
            throw unsupported("hidden_act", activation, "silu");
        }
        if (flag("mlp_bias", false)) {
            throw unsupported("mlp_bias", "true", "false");
        }
        if (!type.equals("qwen2") && flag("attention_bias", false)) {
            throw unsupported("attention_bias", "true", "false");
        }
        if (flag("use_sliding_window", false)
                || String.valueOf(json.get("layer_types")).contains("sliding")) {
            throw unsupported("sliding window attention", "true", "false");
        }
        if (json.has("quantization_config") && json.get("quantization_config").isJsonObject()) {
            throw new EngineException(file + ": the checkpoint is quantized. Use the model's unquantized checkpoint"
                    + " (float32, float16 or bfloat16).");
        }
        if (number(json, "partial_rotary_factor", 1) != 1) {
            throw unsupported(
                    "partial_rotary_factor", json.get("partial_rotary_factor").getAsString(), "1");
        }
    }

    /**
     * transformers 5 has {@code rope_parameters} with all of it; before, there was {@code rope_scaling} beside the
     * base.
     */
    private JsonObject rope() {
        JsonObject rope = object("rope_parameters");
        if (rope.size() == 0) {
            return object("rope_scaling");
        }
        rope.entrySet().stream()
                .filter(entry -> entry.getValue().isJsonObject())
                .findFirst()
                .ifPresent(entry -> {
                    throw unsupported("rope_parameters by layer", entry.getKey(), "the same for all layers");
                });
        return rope;
    }

    private int headDim(String type, int hiddenSize, int heads) {
        int fallback = type.equals("qwen3") ? 128 : hiddenSize / Math.max(1, heads);
        return integer("head_dim", fallback);
    }

    private RopeScaling ropeScaling(JsonObject scaling) {
        String type = text(scaling, "rope_type", text(scaling, "type", "default"));
        return switch (type) {
            case "default" -> null;
            case "linear" -> RopeScaling.linear(number(scaling, "factor"));
            case "llama3" ->
                RopeScaling.llama3(
                        number(scaling, "factor"),
                        number(scaling, "low_freq_factor"),
                        number(scaling, "high_freq_factor"),
                        whole("original_max_position_embeddings", number(scaling, "original_max_position_embeddings")));
            default -> throw unsupported("rope_type", type, "default, linear or llama3");
        };
    }

    static JsonObject of(DecoderConfig config) {
        JsonObject json = new JsonObject();
        JsonArray architectures = new JsonArray();
        architectures.add(ARCHITECTURES.get(config.modelType()));
        json.add("architectures", architectures);
        json.addProperty("model_type", config.modelType());
        json.addProperty("vocab_size", config.vocabSize());
        json.addProperty("hidden_size", config.hiddenSize());
        json.addProperty("intermediate_size", config.intermediateSize());
        json.addProperty("num_hidden_layers", config.layers());
        json.addProperty("num_attention_heads", config.heads());
        json.addProperty("num_key_value_heads", config.kvHeads());
        json.addProperty("head_dim", config.headDim());
        json.addProperty("max_position_embeddings", config.maxPositions());
        json.addProperty("rope_theta", config.ropeTheta());
        if (config.ropeScaling() != null) {
            json.add("rope_scaling", of(config.ropeScaling()));
        }
        json.addProperty("rms_norm_eps", config.rmsNormEps());
        json.addProperty("tie_word_embeddings", config.tiedEmbeddings());
        if (!config.modelType().equals("qwen2")) {
            json.addProperty("attention_bias", false);
        }
        json.addProperty("hidden_act", "silu");
        return json;
    }

    private static JsonObject of(RopeScaling scaling) {
        JsonObject json = new JsonObject();
        json.addProperty("factor", scaling.factor());
        if (scaling.kind() == RopeScaling.Kind.LINEAR) {
            json.addProperty("rope_type", "linear");
            return json;
        }
        json.addProperty("rope_type", "llama3");
        json.addProperty("low_freq_factor", scaling.lowFrequencyFactor());
        json.addProperty("high_freq_factor", scaling.highFrequencyFactor());
        json.addProperty("original_max_position_embeddings", scaling.originalMaxPositions());
        return json;
    }

    private EngineException unsupported(String key, String value, String supported) {
        return new EngineException("%s: %s = %s is not supported, only %s.".formatted(file, key, value, supported));
    }

    private int integer(String key) {
        return whole(key, number(json, key));
    }

    private int integer(String key, int fallback) {
        return whole(key, number(json, key, fallback));
    }

    private int whole(String key, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new EngineException(
                    "%s: \"%s\" is not a whole number that can be used: %s.".formatted(file, key, value));
        }
        return (int) value;
    }

    private double number(JsonObject from, String key) {
        if (!present(from, key)) {
            throw new EngineException("%s: \"%s\" is missing.".formatted(file, key));
        }
        return number(from, key, 0);
    }

    private double number(JsonObject from, String key, double fallback) {
        if (!present(from, key)) {
            return fallback;
        }
        JsonElement value = from.get(key);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw not("a number", key, value);
        }
        return value.getAsDouble();
    }

    private boolean flag(String key, boolean fallback) {
        if (!present(json, key)) {
            return fallback;
        }
        JsonElement value = json.get(key);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw not("true or false", key, value);
        }
        return value.getAsBoolean();
    }

    private JsonObject object(String key) {
        if (!present(json, key)) {
            return new JsonObject();
        }
        if (!json.get(key).isJsonObject()) {
            throw not("a JSON object", key, json.get(key));
        }
        return json.getAsJsonObject(key);
    }

    private String text(JsonObject from, String key, String fallback) {
        if (!present(from, key)) {
            return fallback;
        }
        JsonElement value = from.get(key);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw not("a text", key, value);
        }
        return value.getAsString();
    }

    private EngineException not(String expected, String key, JsonElement value) {
        return new EngineException(
                "%s: \"%s\" is not %s: %s. Download the file again.".formatted(file, key, expected, value));
    }

    private static boolean present(JsonObject from, String key) {
        return from.has(key) && !from.get(key).isJsonNull();
    }
}
