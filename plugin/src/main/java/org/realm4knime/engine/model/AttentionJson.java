package org.realm4knime.engine.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;

/** What config.json says of how layers see positions: rotary embeddings and windows. */
final class AttentionJson {

    private static final String GLOBAL = "full_attention";
    private static final String LOCAL = "sliding_attention";
    private static final String ORIGINAL_POSITIONS = "original_max_position_embeddings";
    private static final double THETA = 10_000;
    private static final double GEMMA_THETA = 1_000_000;
    /** Every so many layers one is global (Gemma 3), or has no positions (SmolLM3), where config.json does not say. */
    private static final int GEMMA_PATTERN = 6;

    private static final int SMOLLM3_PATTERN = 4;

    private final JsonMembers json;
    private final LayerPattern pattern;
    private final int headDim;
    private final int count;

    AttentionJson(JsonMembers json, LayerPattern pattern, int headDim) {
        this.json = json;
        this.pattern = pattern;
        this.headDim = headDim;
        this.count = json.integer("num_hidden_layers");
    }

    /** How each layer sees positions. */
    List<LayerAttention> layers() {
        if (count <= 0) {
            throw new IllegalArgumentException("num_hidden_layers must be positive: " + count);
        }
        return switch (pattern) {
            case UNIFORM -> {
                refuseWindow();
                yield Collections.nCopies(count, new LayerAttention(rope(uniform(), THETA), 0));
            }
            case ONE_WINDOW ->
                Collections.nCopies(
                        count, new LayerAttention(rope(uniform(), THETA), json.integer("sliding_window", 0)));
            case SOME_WITHOUT_ROPE -> someWithoutRope();
            case LOCAL_AND_GLOBAL -> localAndGlobal();
        };
    }

    /** Longest sequence: with LongRoPE that of the first training, see {@link RopeScaling.LongRope}. */
    int maxPositions() {
        int longest = json.integer("max_position_embeddings", 2048);
        return layers().get(0).rope().scaling() instanceof RopeScaling.LongRope scaling
                ? Math.min(longest, scaling.originalMaxPositions())
                : longest;
    }

    private void refuseWindow() {
        if (json.flag("use_sliding_window", false)
                || json.texts("layer_types").orElse(List.of()).contains(LOCAL)) {
            throw json.unsupported("sliding window attention", "true", "false");
        }
    }

    private List<LayerAttention> someWithoutRope() {
        refuseWindow();
        Rope rope = rope(uniform(), THETA);
        int every = json.integer("no_rope_layer_interval", SMOLLM3_PATTERN);
        List<Double> rotated = json.numbers("no_rope_layers").orElseGet(() -> IntStream.rangeClosed(1, count)
                .mapToObj(layer -> layer % every == 0 ? 0.0 : 1.0)
                .toList());
        requireOneALayer("no_rope_layers", rotated.size());
        return rotated.stream()
                .map(yes -> new LayerAttention(yes == 0 ? rope.without() : rope, 0))
                .toList();
    }

    private List<LayerAttention> localAndGlobal() {
        int window = json.integer("sliding_window", 4096);
        JsonMembers ropes = json.object("rope_parameters");
        // transformers 5 has a rotary embedding for each kind of layer; before, scaling was that of global layers alone
        LayerAttention global = new LayerAttention(
                rope(ropes.has(GLOBAL) ? ropes.object(GLOBAL) : json.object("rope_scaling"), GEMMA_THETA), 0);
        LayerAttention local = new LayerAttention(
                ropes.has(LOCAL)
                        ? rope(ropes.object(LOCAL), THETA)
                        : new Rope(json.number("rope_local_base_freq", THETA), headDim, null),
                window);
        List<String> types = json.texts("layer_types").orElseGet(this::everySixthGlobal);
        requireOneALayer("layer_types", types.size());
        return types.stream()
                .map(type -> switch (type) {
                    case GLOBAL -> global;
                    case LOCAL -> local;
                    default -> throw json.unsupported("layer_types", type, GLOBAL + " and " + LOCAL);
                })
                .toList();
    }

    private List<String> everySixthGlobal() {
        int every = json.integer("sliding_window_pattern", json.integer("_sliding_window_pattern", GEMMA_PATTERN));
        return IntStream.rangeClosed(1, count)
                .mapToObj(layer -> layer % every == 0 ? GLOBAL : LOCAL)
                .toList();
    }

    private void requireOneALayer(String key, int size) {
        if (size != count) {
            throw new EngineException("%s: \"%s\" has %d elements, and the model has %d layers. Download it again."
                    .formatted(json.file(), key, size, count));
        }
    }

    /**
     * transformers 5 has {@code rope_parameters} with all of it; before, there was {@code rope_scaling} beside the
     * base.
     */
    private JsonMembers uniform() {
        JsonMembers rope = json.object("rope_parameters");
        if (rope.json().size() == 0) {
            return json.object("rope_scaling");
        }
        rope.json().entrySet().stream()
                .filter(entry -> entry.getValue().isJsonObject())
                .findFirst()
                .ifPresent(entry -> {
                    throw json.unsupported("rope_parameters by layer", entry.getKey(), "the same for all layers");
                });
        return rope;
    }

    private Rope rope(JsonMembers rope, double fallback) {
        double theta = rope.number("rope_theta", json.number("rope_theta", fallback));
        double share = rope.number("partial_rotary_factor", json.number("partial_rotary_factor", 1));
        if (share != 1 && pattern != LayerPattern.ONE_WINDOW) {
            throw json.unsupported("partial_rotary_factor", String.valueOf(share), "1");
        }
        return new Rope(theta, (int) (headDim * share), scaling(rope));
    }

    private RopeScaling scaling(JsonMembers scaling) {
        String type = scaling.text("rope_type", scaling.text("type", "default"));
        return switch (type) {
            case "default" -> null;
            case "linear" -> new RopeScaling.Linear(scaling.number("factor"));
            case "llama3" ->
                new RopeScaling.Llama3(
                        scaling.number("factor"),
                        scaling.number("low_freq_factor"),
                        scaling.number("high_freq_factor"),
                        scaling.integer(ORIGINAL_POSITIONS));
            case "longrope" -> longRope(scaling);
            default -> throw json.unsupported("rope_type", type, "default, linear, llama3 or longrope");
        };
    }

    private RopeScaling longRope(JsonMembers scaling) {
        for (String key : new String[] {"attention_factor", "short_mscale", "long_mscale"}) {
            if (scaling.has(key)) {
                throw json.unsupported(
                        key + " of rope_scaling", scaling.json().get(key).toString(), "none");
            }
        }
        int longest = json.integer("max_position_embeddings", 2048);
        return new RopeScaling.LongRope(
                factors(scaling, "short_factor"),
                factors(scaling, "long_factor"),
                json.has(ORIGINAL_POSITIONS)
                        ? json.integer(ORIGINAL_POSITIONS)
                        : scaling.integer(ORIGINAL_POSITIONS, longest),
                longest);
    }

    private List<Double> factors(JsonMembers scaling, String key) {
        return scaling.numbers(key)
                .orElseThrow(() -> new EngineException(
                        "%s: \"%s\" of rope_scaling is missing. Download it again.".formatted(json.file(), key)));
    }

    /** Adds what describes the layers to a config.json, as transformers before 5 and since read it. */
    static void write(DecoderConfig config, JsonObject json) {
        List<LayerAttention> layers = config.attention();
        LayerPattern pattern = config.architecture().pattern();
        Stream<LayerAttention> plain = layers.stream()
                .filter(layer -> pattern != LayerPattern.LOCAL_AND_GLOBAL || layer.window() == 0)
                .filter(layer -> layer.rope().dimensions() > 0);
        Rope rope =
                plain.map(LayerAttention::rope).findFirst().orElse(layers.get(0).rope());
        json.addProperty("rope_theta", rope.theta());
        if (rope.scaling() != null) {
            write(rope.scaling(), json);
        }
        switch (pattern) {
            case UNIFORM -> {}
            case ONE_WINDOW -> writeWindow(config, rope, json);
            case SOME_WITHOUT_ROPE ->
                json.add(
                        "no_rope_layers",
                        array(layers.stream()
                                .map(layer -> layer.rope().dimensions() > 0 ? 1.0 : 0.0)
                                .toList()));
            case LOCAL_AND_GLOBAL -> writeLocalAndGlobal(config, json);
        }
    }

    private static void writeWindow(DecoderConfig config, Rope rope, JsonObject json) {
        int window = config.attention().get(0).window();
        if (window > 0) {
            json.addProperty("sliding_window", window);
        }
        if (rope.dimensions() != config.headDim()) {
            json.addProperty("partial_rotary_factor", (double) rope.dimensions() / config.headDim());
        }
    }

    private static void writeLocalAndGlobal(DecoderConfig config, JsonObject json) {
        JsonArray types = new JsonArray();
        config.attention().forEach(layer -> types.add(layer.window() > 0 ? LOCAL : GLOBAL));
        json.add("layer_types", types);
        json.addProperty("query_pre_attn_scalar", number(config.scoreDivisor()));
        config.attention().stream()
                .filter(layer -> layer.window() > 0)
                .findFirst()
                .ifPresent(local -> {
                    json.addProperty("sliding_window", local.window());
                    json.addProperty("rope_local_base_freq", local.rope().theta());
                });
    }

    private static void write(RopeScaling scaling, JsonObject config) {
        JsonObject json = new JsonObject();
        config.add("rope_scaling", json);
        if (scaling instanceof RopeScaling.Linear linear) {
            json.addProperty("factor", linear.factor());
            json.addProperty("rope_type", "linear");
        } else if (scaling instanceof RopeScaling.Llama3 llama3) {
            json.addProperty("factor", llama3.factor());
            json.addProperty("rope_type", "llama3");
            json.addProperty("low_freq_factor", llama3.lowFrequencyFactor());
            json.addProperty("high_freq_factor", llama3.highFrequencyFactor());
            json.addProperty(ORIGINAL_POSITIONS, llama3.originalMaxPositions());
        } else if (scaling instanceof RopeScaling.LongRope longRope) {
            // Phi-3's configuration in transformers 4 takes these three members and no other
            json.addProperty("type", "longrope");
            json.add("short_factor", array(longRope.shortFactors()));
            json.add("long_factor", array(longRope.longFactors()));
            config.addProperty(ORIGINAL_POSITIONS, longRope.originalMaxPositions());
            config.addProperty("max_position_embeddings", longRope.maxPositions());
        }
    }

    private static JsonArray array(List<Double> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(number(value)));
        return array;
    }

    /** A whole number is written as one. */
    private static Number number(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
            return (int) value;
        }
        return value;
    }
}
