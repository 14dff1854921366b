package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;

class DecoderConfigTest {

    private static final Path FILE = Path.of("some", "config.json");

    private static final String SMOLLM2 =
            """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "attention_bias": false, "hidden_act": \
            "silu",
             "hidden_size": 576, "intermediate_size": 1536, "max_position_embeddings": 8192, "num_attention_heads": 9,
             "num_hidden_layers": 30, "num_key_value_heads": 3, "rms_norm_eps": 1e-05, "rope_scaling": null,
             "rope_theta": 100000, "tie_word_embeddings": true, "torch_dtype": "bfloat16", "vocab_size": 49152,
             "is_llama_config": true, "rope_interleaved": false, "mlp_bias": false, "pretraining_tp": 1, "use_cache": \
             true,
             "initializer_range": 0.041666666666666664, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2,
             "attention_dropout": 0.0, "transformers.js_config": {"kv_cache_dtype": {"q4f16": "float16"}}}
            """;
    private static final String TINYLLAMA =
            """
            {"model_type": "llama", "hidden_size": 2048, "intermediate_size": 5632, "max_position_embeddings": 2048,
             "num_attention_heads": 32, "num_hidden_layers": 22, "num_key_value_heads": 4, "rms_norm_eps": 1e-05,
             "tie_word_embeddings": false, "vocab_size": 32000, "architectures": ["LlamaForCausalLM"], \
             "bos_token_id": 1,
             "eos_token_id": 2, "hidden_act": "silu", "pretraining_tp": 1, "rope_scaling": null, "use_cache": true}
            """;
    private static final String LLAMA_3_2_1B =
            """
            {"model_type": "llama", "head_dim": 64, "hidden_size": 2048, "intermediate_size": 8192,
             "max_position_embeddings": 131072, "mlp_bias": false, "num_attention_heads": 32, "num_hidden_layers": 16,
             "num_key_value_heads": 8, "rms_norm_eps": 1e-05, "rope_theta": 500000.0, "tie_word_embeddings": true,
             "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
                              "original_max_position_embeddings": 8192, "rope_type": "llama3"}, "vocab_size": 128256,
             "attention_bias": false, "hidden_act": "silu", "bos_token_id": 128000,
             "eos_token_id": [128001, 128008, 128009]}
            """;
    private static final String QWEN2_5_0_5B =
            """
            {"model_type": "qwen2", "hidden_act": "silu", "hidden_size": 896, "intermediate_size": 4864,
             "max_position_embeddings": 32768, "max_window_layers": 21, "num_attention_heads": 14,
             "num_hidden_layers": 24, "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0,
             "sliding_window": 32768, "tie_word_embeddings": true, "use_sliding_window": false, "vocab_size": 151936,
             "attention_dropout": 0.0, "bos_token_id": 151643, "eos_token_id": 151645, "use_mrope": false}
            """;
    private static final String QWEN3_0_6B =
            """
            {"model_type": "qwen3", "attention_bias": false, "head_dim": 128, "hidden_act": "silu", "hidden_size": 1024,
             "intermediate_size": 3072, "max_position_embeddings": 40960, "num_attention_heads": 16,
             "num_hidden_layers": 28, "num_key_value_heads": 8, "rms_norm_eps": 1e-06, "rope_theta": 1000000,
             "rope_scaling": null, "sliding_window": null, "tie_word_embeddings": true, "use_sliding_window": false,
             "vocab_size": 151936, "max_window_layers": 28, "bos_token_id": 151643, "eos_token_id": 151645}
            """;
    private static final String GEMMA_3_270M =
            """
            {"_sliding_window_pattern": 6, "architectures": ["Gemma3ForCausalLM"], "attention_bias": false,
             "attn_logit_softcapping": null, "final_logit_softcapping": null, "head_dim": 256,
             "hidden_activation": "gelu_pytorch_tanh", "hidden_size": 640, "intermediate_size": 2048,
             "layer_types": [%1$s, %1$s, %1$s], "max_position_embeddings": 32768, "model_type": "gemma3_text",
             "num_attention_heads": 4, "num_hidden_layers": 18, "num_key_value_heads": 1, "query_pre_attn_scalar": 256,
             "rms_norm_eps": 1e-06, "rope_local_base_freq": 10000.0, "rope_scaling": null, "rope_theta": 1000000.0,
             "sliding_window": 512, "use_bidirectional_attention": false, "vocab_size": 262144}
            """
                    .formatted("\"sliding_attention\", ".repeat(5) + "\"full_attention\"");
    private static final String GEMMA_3_1B =
            """
            {"architectures": ["Gemma3ForCausalLM"], "cache_implementation": "hybrid", "head_dim": 256,
             "hidden_activation": "gelu_pytorch_tanh", "hidden_size": 1152, "intermediate_size": 6912,
             "max_position_embeddings": 32768, "model_type": "gemma3_text", "num_attention_heads": 4,
             "num_hidden_layers": 26, "num_key_value_heads": 1, "query_pre_attn_scalar": 256, "rms_norm_eps": 1e-06,
             "rope_local_base_freq": 10000, "rope_scaling": null, "rope_theta": 1000000, "sliding_window": 512,
             "sliding_window_pattern": 6, "vocab_size": 262144}
            """;
    private static final String SMOLLM3_3B =
            """
            {"architectures": ["SmolLM3ForCausalLM"], "attention_bias": false, "hidden_act": "silu",
             "hidden_size": 2048, "intermediate_size": 11008, "max_position_embeddings": 65536,
             "max_window_layers": 28, "mlp_bias": false, "model_type": "smollm3", "no_rope_layer_interval": 4,
             "no_rope_layers": [%s], "num_attention_heads": 16, "num_hidden_layers": 36, "num_key_value_heads": 4,
             "rms_norm_eps": 1e-06, "rope_scaling": null, "rope_theta": 5000000.0, "sliding_window": null,
             "use_sliding_window": false, "vocab_size": 128256}
            """
                    .formatted("1, 1, 1, 0, ".repeat(8) + "1, 1, 1, 0");
    private static final String PHI_4_MINI =
            """
            {"architectures": ["Phi3ForCausalLM"], "attention_bias": false, "full_attn_mod": 1, "hidden_act": "silu",
             "hidden_size": 3072, "intermediate_size": 8192, "lm_head_bias": false, "max_position_embeddings": 131072,
             "mlp_bias": false, "model_type": "phi3", "num_attention_heads": 24, "num_hidden_layers": 32,
             "num_key_value_heads": 8, "original_max_position_embeddings": 4096, "partial_rotary_factor": 0.75,
             "rms_norm_eps": 1e-05, "rope_scaling": {"long_factor": [%1$s], "short_factor": [%1$s],
             "type": "longrope"}, "rope_theta": 10000.0, "sliding_window": 262144, "tie_word_embeddings": true,
             "vocab_size": 200064}
            """
                    .formatted("1.5, ".repeat(47) + "32");

    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(SMOLLM2, 134_515_008L),
                Arguments.of(TINYLLAMA, 1_100_048_384L),
                Arguments.of(LLAMA_3_2_1B, 1_235_814_400L),
                Arguments.of(QWEN2_5_0_5B, 494_032_768L),
                Arguments.of(QWEN3_0_6B, 596_049_920L),
                Arguments.of(GEMMA_3_270M, 268_098_176L),
                Arguments.of(GEMMA_3_1B, 999_885_952L),
                Arguments.of(SMOLLM3_3B, 3_075_098_624L),
                Arguments.of(PHI_4_MINI, 3_836_021_760L));
    }

    /** Numbers of parameters as the models' pages give them. */
    @ParameterizedTest
    @MethodSource("published")
    void countsTheParametersOfPublishedModels(String json, long parameters) {
        DecoderConfig config = parse(json);

        assertThat(config.parameterCount()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @MethodSource("published")
    void writesWhatItReads(String json) {
        DecoderConfig config = parse(json);

        assertThat(DecoderConfig.fromJson(config.toJson(), FILE)).isEqualTo(config);
        assertThat(config.toJson().get("pad_token_id").isJsonNull()).isTrue();
    }

    @Test
    void readsWhatTheArchitectureAddsAndTheDefaults() {
        assertThat(rope(parse(TINYLLAMA)).theta()).isEqualTo(10_000);
        assertThat(parse(TINYLLAMA).headDim()).isEqualTo(64);
        assertThat(parse(QWEN2_5_0_5B).has(Difference.QKV_BIAS)).isTrue();
        assertThat(parse(QWEN3_0_6B).has(Difference.QK_NORM)).isTrue();
        assertThat(parse(QWEN3_0_6B).headDim()).isEqualTo(128);
        assertThat(rope(parse(LLAMA_3_2_1B)).scaling()).isEqualTo(new RopeScaling.Llama3(32, 1, 4, 8192));
    }

    @Test
    void readsTheRopeParametersOfNewerFiles() {
        JsonObject json = JsonParser.parseString(LLAMA_3_2_1B).getAsJsonObject();
        JsonObject rope = json.remove("rope_scaling").getAsJsonObject();
        rope.add("rope_theta", json.remove("rope_theta"));
        json.add("rope_parameters", rope);

        assertThat(DecoderConfig.fromJson(json, FILE)).isEqualTo(parse(LLAMA_3_2_1B));
    }

    @Test
    void knowsTheDefaultsOfTransformers() {
        JsonObject json = JsonParser.parseString(QWEN3_0_6B).getAsJsonObject();
        Stream.of("head_dim", "tie_word_embeddings", "rope_theta", "rms_norm_eps", "use_sliding_window")
                .forEach(json::remove);
        DecoderConfig config = DecoderConfig.fromJson(json, FILE);

        assertThat(config.headDim()).isEqualTo(128); // not hidden_size / num_attention_heads = 64
        assertThat(config.tiedEmbeddings()).isFalse();
        assertThat(rope(config).theta()).isEqualTo(10_000);
        assertThat(config.rmsNormEps()).isEqualTo(1e-6);
    }

    /** What transformers 5 writes for Qwen3. */
    @Test
    void readsFullAttentionByLayerAndUnscaledRopeParameters() {
        JsonObject json = JsonParser.parseString(QWEN3_0_6B).getAsJsonObject();
        json.remove("rope_theta");
        json.add("rope_parameters", JsonParser.parseString("{\"rope_theta\": 1000000, \"rope_type\": \"default\"}"));
        json.add("layer_types", JsonParser.parseString("[\"full_attention\", \"full_attention\"]"));

        assertThat(DecoderConfig.fromJson(json, FILE)).isEqualTo(parse(QWEN3_0_6B));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "rope_type"})
    void readsLinearScalingUnderBothNames(String key) {
        JsonObject json = JsonParser.parseString(SMOLLM2).getAsJsonObject();
        json.add("rope_scaling", JsonParser.parseString("{\"%s\": \"linear\", \"factor\": 2.0}".formatted(key)));

        assertThat(rope(DecoderConfig.fromJson(json, FILE)).scaling()).isEqualTo(new RopeScaling.Linear(2));
    }

    @ParameterizedTest
    @CsvSource({
        "model_type, \"gemma2\", take Gemma 3",
        "model_type, \"gemma3\", gemma3_text",
        "model_type, \"qwen3_moe\", mixture of experts",
        "model_type, \"mllama\", take Llama 3.2 1B",
        "attn_logit_softcapping, 50, soft-capping",
        "final_logit_softcapping, 30, soft-capping",
        "lm_head_bias, true, lm_head_bias",
        "hidden_act, \"gelu\", gelu",
        "attention_bias, true, attention_bias",
        "mlp_bias, true, mlp_bias",
        "use_sliding_window, true, sliding",
        "partial_rotary_factor, 0.5, partial_rotary_factor",
        "rope_scaling, '{\"rope_type\": \"yarn\", \"factor\": 4}', yarn",
        "quantization_config, '{\"bits\": 4}', quantized",
        "num_key_value_heads, 2, multiple",
        "hidden_size, \"wide\", hidden_size",
        "num_hidden_layers, 1.5, num_hidden_layers",
        "vocab_size, 0, vocab_size",
        "vocab_size, 1e12, vocab_size",
        "vocab_size, [49152], vocab_size",
        "model_type, {}, model_type",
        "hidden_act, 3, hidden_act",
        "tie_word_embeddings, \"yes\", tie_word_embeddings",
        "rope_theta, -1, rope_theta",
        "rms_norm_eps, -1, rms_norm_eps",
        "layer_types, '[\"full_attention\", \"sliding_attention\"]', sliding",
        "rope_scaling, \"linear\", rope_scaling",
        "rope_scaling, '{\"type\": \"dynamic\", \"factor\": 4}', dynamic",
        "rope_scaling, '{\"type\": \"linear\"}', factor",
        "rope_scaling, '{\"type\": \"linear\", \"factor\": 0}', factor",
        "rope_scaling, '{\"rope_type\": \"llama3\", \"factor\": 8}', low_freq_factor",
        "rope_parameters, '{\"full_attention\": {\"rope_theta\": 1}}', full_attention",
        "rope_parameters, '{\"partial_rotary_factor\": 0.5}', partial_rotary_factor",
    })
    void refusesWhatItCannotCompute(String key, String value, String named) {
        assertRefused(SMOLLM2, key, value, named);
    }

    @ParameterizedTest
    @CsvSource({
        "use_bidirectional_attention, true, use_bidirectional_attention",
        "hidden_activation, \"gelu\", gelu",
        "hidden_act, \"silu\", silu",
        "layer_types, '[\"full_attention\"]', 18 layers",
        "sliding_window, -1, sliding_window",
        "query_pre_attn_scalar, 0, query_pre_attn_scalar",
        "attn_logit_softcapping, 50, soft-capping",
    })
    void refusesWhatItCannotComputeOfGemma(String key, String value, String named) {
        assertRefused(GEMMA_3_270M, key, value, named);
    }

    @ParameterizedTest
    @CsvSource({
        "rope_scaling, '{\"type\": \"longrope\", \"long_factor\": [1]}', short_factor",
        "rope_scaling, '{\"type\": \"longrope\", \"long_factor\": [1], \"short_factor\": [1]}', 48 factors",
        "rope_scaling, '{\"type\": \"longrope\", \"attention_factor\": 1}', attention_factor",
        "partial_rotary_factor, 0.76, even",
        "original_max_position_embeddings, 1000000, original_max_position_embeddings",
    })
    void refusesWhatItCannotComputeOfPhi(String key, String value, String named) {
        assertRefused(PHI_4_MINI, key, value, named);
    }

    private static void assertRefused(String config, String key, String value, String named) {
        JsonObject json = JsonParser.parseString(config).getAsJsonObject();
        json.add(key, JsonParser.parseString(value));

        assertThatThrownBy(() -> DecoderConfig.fromJson(json, FILE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(FILE.toString())
                .hasMessageContaining(named);
    }

    /** Every sixth layer of Gemma 3 is global, every fourth of SmolLM3 has no positions; Phi-4-mini ends at 4,096. */
    @Test
    void readsHowLayersSeePositions() {
        DecoderConfig gemma = parse(GEMMA_3_1B);
        assertThat(gemma.attention().get(4)).isEqualTo(new LayerAttention(new Rope(10_000, 256, null), 512));
        assertThat(gemma.attention().get(5)).isEqualTo(new LayerAttention(new Rope(1_000_000, 256, null), 0));
        assertThat(gemma.attentionKinds()).hasSize(2);

        DecoderConfig smollm3 = parse(SMOLLM3_3B);
        JsonObject without = JsonParser.parseString(SMOLLM3_3B).getAsJsonObject();
        without.remove("no_rope_layers");
        assertThat(smollm3.attention().get(2).rope().dimensions()).isEqualTo(128);
        assertThat(smollm3.attention().get(3).rope().dimensions()).isZero();
        assertThat(DecoderConfig.fromJson(without, FILE)).isEqualTo(smollm3);

        DecoderConfig phi = parse(PHI_4_MINI);
        assertThat(rope(phi).dimensions()).isEqualTo(96);
        assertThat(phi.maxPositions()).isEqualTo(4096);
        // sqrt(1 + ln(131072 / 4096) / ln(4096)), as transformers computes it
        assertThat(rope(phi).magnitude()).isCloseTo(1.1902380714238083, within(1e-12));
    }

    /** Larger models of Gemma 3 scale the positions of global layers alone; transformers 5 says it in another way. */
    @Test
    void readsTheTwoRotaryEmbeddingsOfGemma() {
        JsonObject old = JsonParser.parseString(GEMMA_3_1B).getAsJsonObject();
        old.add("rope_scaling", JsonParser.parseString("{\"factor\": 8.0, \"rope_type\": \"linear\"}"));
        JsonObject newer = old.deepCopy();
        Stream.of("rope_scaling", "rope_theta", "rope_local_base_freq").forEach(newer::remove);
        newer.add(
                "rope_parameters",
                JsonParser.parseString(
                        """
                        {"full_attention": {"factor": 8.0, "rope_theta": 1000000, "rope_type": "linear"},
                         "sliding_attention": {"rope_theta": 10000, "rope_type": "default"}}
                        """));

        DecoderConfig config = DecoderConfig.fromJson(old, FILE);
        assertThat(config.attention().get(0).rope().scaling()).isNull();
        assertThat(config.attention().get(5).rope().scaling()).isEqualTo(new RopeScaling.Linear(8));
        assertThat(DecoderConfig.fromJson(newer, FILE)).isEqualTo(config);
        assertThat(DecoderConfig.fromJson(config.toJson(), FILE)).isEqualTo(config);
    }

    @Test
    void namesAMissingEntry() {
        JsonObject json = JsonParser.parseString(SMOLLM2).getAsJsonObject();
        json.remove("intermediate_size");

        assertThatThrownBy(() -> DecoderConfig.fromJson(json, FILE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("\"intermediate_size\" is missing");
    }

    @Test
    void theTinyModelHasAboutAMillionParameters() {
        assertThat(DecoderConfig.tiny(125).parameterCount()).isBetween(800_000L, 1_000_000L);
    }

    private static Rope rope(DecoderConfig config) {
        return config.attention().get(0).rope();
    }

    private static DecoderConfig parse(String json) {
        return DecoderConfig.fromJson(JsonParser.parseString(json).getAsJsonObject(), FILE);
    }
}
