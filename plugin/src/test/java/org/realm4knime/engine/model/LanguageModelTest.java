package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.EngineException;

class LanguageModelTest {

    private static final DecoderConfig CONFIG = ModelFixtures.configs().get("qwen2");

    @TempDir
    private Path folder;

    @Test
    void theSameSeedCreatesTheSameWeights() {
        try (LanguageModel a = create(1);
                LanguageModel b = create(1);
                LanguageModel c = create(2)) {
            assertThat(values(a, 2)).containsExactly(values(b, 2));
            assertThat(values(a, 2)).isNotEqualTo(values(c, 2));
        }
    }

    @Test
    void startValuesHaveTheDeviationOfTheirRole() {
        DecoderConfig config = DecoderConfig.tiny(1000);
        try (LanguageModel model = LanguageModel.create(config, ModelFixtures.writeTokenizer(folder), 1)) {
            assertThat(deviation(values(model, 0))).isCloseTo(0.05, within(0.001));
            assertThat(deviation(values(model, 2))).isCloseTo(0.05, within(0.001));
            assertThat(deviation(values(model, 3))).isCloseTo(0.05 / Math.sqrt(8), within(0.001));
            assertThat(values(model, 1)).containsOnly(1f);
        }
        try (LanguageModel model = create(1)) {
            assertThat(model.parameters().get(7).role()).isEqualTo(Parameter.Role.BIAS);
            assertThat(values(model, 7)).containsOnly(0f);
        }
    }

    @Test
    void parametersDescribeTheTensors() {
        try (LanguageModel model = create(1)) {
            for (int i = 0; i < model.tensors().size(); i++) {
                Parameter parameter = model.parameters().get(i);
                assertThat(model.tensors().get(i).getShape().getShape())
                        .as(parameter.name())
                        .containsExactly(parameter.dimensions());
            }
            assertThat(model.parameters().get(2).name()).isEqualTo("model.layers.0.self_attn.qkv_proj.weight");
            assertThat(model.parameters().get(2).parts())
                    .extracting(Parameter.Part::name)
                    .containsExactly(
                            "model.layers.0.self_attn.q_proj.weight",
                            "model.layers.0.self_attn.k_proj.weight",
                            "model.layers.0.self_attn.v_proj.weight");
        }
    }

    @Test
    void aCopyHasItsOwnWeights() {
        try (LanguageModel model = create(1)) {
            float[] before = values(model, 0);
            try (LanguageModel copy = model.copy()) {
                copy.tensors().get(0).muli(2);

                assertThat(values(model, 0)).containsExactly(before);
                assertThat(copy.tokenizer()).isSameAs(model.tokenizer());
            }
            assertThat(values(model, 0)).containsExactly(before);
        }
    }

    @Test
    void assignOverwritesTheWeightsInPlace() {
        try (LanguageModel model = create(1);
                LanguageModel other = create(2)) {
            List<NDArray> tensors = model.tensors();

            model.assign(other);

            assertThat(model.tensors()).isSameAs(tensors);
            assertThat(values(model, 2)).containsExactly(values(other, 2));
        }
        try (LanguageModel model = create(1);
                LanguageModel other =
                        ModelFixtures.model(ModelFixtures.configs().get("qwen3"), folder, 1)) {
            assertThatThrownBy(() -> model.assign(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void writesTheFilesOfAModelDirectory() throws IOException {
        Path directory = folder.resolve("deep").resolve("model");
        try (LanguageModel model = create(1)) {
            model.as("other", PromptFormat.compact()).write(directory);
        }

        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "config.json",
                            "generation_config.json",
                            "model.safetensors",
                            "realm_prompt.json",
                            "tokenizer.json",
                            "tokenizer_config.json");
        }
        JsonObject config = JsonFiles.readObject(directory.resolve("config.json"));
        assertThat(config.getAsJsonArray("architectures").get(0).getAsString()).isEqualTo("Qwen2ForCausalLM");
        assertThat(config.get("eos_token_id").getAsInt()).isZero();
        JsonObject generation = JsonFiles.readObject(directory.resolve("generation_config.json"));
        assertThat(generation.get("pad_token_id").getAsInt()).isEqualTo(1);
        assertThat(PromptFormat.read(directory)).isEqualTo(PromptFormat.compact());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (LanguageModel model = create(1)) {
            assertThatThrownBy(() -> model.write(file))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private LanguageModel create(long seed) {
        return LanguageModel.create(CONFIG, ModelFixtures.writeTokenizer(folder), seed);
    }

    private static float[] values(LanguageModel model, int parameter) {
        return model.tensors().get(parameter).toFloatArray();
    }

    private static double deviation(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares / values.length);
    }
}
