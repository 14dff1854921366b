package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.EngineException;

/** Which adapters are read, by their adapter_config.json. */
class PeftConfigTest {

    private static final DecoderConfig CONFIG =
            DecoderConfig.uniform(Architecture.LLAMA, 32, 32, 3, 4, 2, 8, 48, 64, 10_000, 1e-5, true);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "peft_type ; \"ADALORA\"",
                "use_dora ; true",
                "bias ; \"all\"",
                "modules_to_save ; [\"lm_head\"]",
                "rank_pattern ; {\"q_proj\": 4}",
                "alpha_pattern ; {\"q_proj\": 4}",
                "layers_to_transform ; [0]",
                "layers_to_transform ; 1",
                "layer_replication ; [[0, 2]]",
                "init_lora_weights ; \"pissa\"",
                "init_lora_weights ; \"corda\"",
                "init_lora_weights ; \"olora\"",
                "trainable_token_indices ; [1]",
                "target_parameters ; [\"experts.up\"]",
                "fan_in_fan_out ; true",
                "exclude_modules ; [\"v_proj\"]",
                "lora_bias ; true",
                "use_qalora ; true",
                "megatron_config ; {\"a\": 1}",
                "alora_invocation_tokens ; [5, 6]",
                "arrow_config ; {\"top_k\": 3}",
                "ensure_weight_tying ; true",
                "a_member_of_a_version_to_come ; true",
                "a_member_of_a_version_to_come ; \"fancy\"",
                "a_member_of_a_version_to_come ; {\"on\": true}",
                "target_modules ; [\"lm_head\"]",
                "target_modules ; [\"q_proj\", \"lm_head\"]",
                "target_modules ; [\"c_attn\"]",
                "target_modules ; [\"model.layers.0.self_attn.q_proj\"]",
                "target_modules ; \".*\\\\.0\\\\..*q_proj\"",
                "target_modules ; \"lm_head|.*q_proj\"",
                "target_modules ; \"q_proj\"",
                "target_modules ; \"(\"",
                "target_modules ; \"(.*.*.*.*.*.*.*.*.*.*)*x\"",
            })
    void refusesWhatItDoesNotCompute(String key, String value) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(folder.resolve("adapter_config.json").toString())
                .hasMessageContaining(key)
                .hasMessageContaining("is not supported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "peft_version ; \"0.18.1\"",
                "alora_invocation_tokens ; null",
                "a_member_of_a_version_to_come ; null",
                "a_member_of_a_version_to_come ; false",
                "a_member_of_a_version_to_come ; []",
                "a_member_of_a_version_to_come ; {}",
                "a_member_of_a_version_to_come ; \"\"",
                "megatron_core ; \"megatron.core\"",
                "qalora_group_size ; 16",
                "loftq_config ; {}",
                "revision ; \"main\"",
                "init_lora_weights ; \"gaussian\"",
                "bias ; \"none\"",
                "auto_mapping ; {\"base_model_class\": \"LlamaForCausalLM\"}",
            })
    void readsWhatChangesNothing(String key, String value) {
        assertThat(read(key, value).settings().targets()).containsExactly(LoraTarget.Q_PROJ, LoraTarget.V_PROJ);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"q_proj\", \"v_proj\"] ; Q_PROJ V_PROJ",
                "[\"self_attn.q_proj\", \"mlp.down_proj\"] ; Q_PROJ DOWN_PROJ",
                "\".*\\\\.self_attn\\\\.(q|v)_proj$\" ; Q_PROJ V_PROJ",
                "\".*(q|k|v|o)_proj\" ; Q_PROJ K_PROJ V_PROJ O_PROJ",
                "\"model\\\\.layers\\\\.\\\\d+\\\\.mlp\\\\.(?:gate|up|down)_proj\" ; GATE_PROJ UP_PROJ DOWN_PROJ",
                "\"^(?!.*lm_head).*_proj$\" ; Q_PROJ K_PROJ V_PROJ O_PROJ GATE_PROJ UP_PROJ DOWN_PROJ",
                "\"all-linear\" ; Q_PROJ K_PROJ V_PROJ O_PROJ GATE_PROJ UP_PROJ DOWN_PROJ",
            })
    void understandsNamesEndsOfNamesAndExpressions(String modules, String expected) {
        Set<LoraTarget> targets = Arrays.stream(expected.split(" "))
                .map(LoraTarget::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(LoraTarget.class)));

        assertThat(read("target_modules", modules).settings().targets()).isEqualTo(targets);
    }

    @Test
    void saysWhatIsUnderstoodAndWhatToDo() {
        assertThatThrownBy(() -> read("target_modules", "[\"model.layers.0.self_attn.q_proj\"]"))
                .hasMessageContainingAll(
                        "it adapts q_proj in 1 of 3 layers only", "q_proj, k_proj", "merge_and_unload");
        assertThatThrownBy(() -> read("alora_invocation_tokens", "[5]"))
                .hasMessageContainingAll("alora_invocation_tokens [5] is not supported", "PEFT");
    }

    private PeftConfig read(String key, String value) {
        JsonObject json = new Gson()
                .fromJson(
                        "{\"peft_type\": \"LORA\", \"r\": 2, \"lora_alpha\": 4, \"target_modules\": [\"q_proj\","
                                + " \"v_proj\"]}",
                        JsonObject.class);
        json.add(key, new Gson().fromJson(value, JsonElement.class));
        Path file = folder.resolve("adapter_config.json");
        ModelFixtures.write(file, json.toString());
        assertThat(Files.exists(file)).isTrue();
        return PeftConfig.read(folder, CONFIG);
    }
}
