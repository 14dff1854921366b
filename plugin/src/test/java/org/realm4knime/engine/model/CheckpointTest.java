package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** Reading and writing of Hugging Face directories. */
class CheckpointTest {

    private static final DecoderConfig CONFIG = ModelFixtures.configs().get("llama");

    @TempDir
    private Path folder;

    private Path directory;

    @BeforeEach
    void writeModel() {
        directory = folder.resolve("model");
        try (LanguageModel model = ModelFixtures.model(CONFIG, folder, 3)) {
            model.write(directory);
        }
    }

    static Stream<String> architectures() {
        return ModelFixtures.configs().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void readsWhatItWrites(String architecture) {
        DecoderConfig config = ModelFixtures.configs().get(architecture);
        Path written = folder.resolve("written");
        try (LanguageModel model = ModelFixtures.model(config, folder, 5)) {
            model.write(written);
            try (LanguageModel read = LanguageModel.read(written)) {
                assertThat(read.config()).isEqualTo(config);
                assertThat(read.name()).isEqualTo("written");
                assertThat(values(read)).isDeepEqualTo(values(model));
            }
        }
    }

    @Test
    void writesHuggingFacesNamesAndShapes() {
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            Map<String, SafetensorsFile.Entry> entries = file.entries();

            assertThat(entries).hasSize(1 + CONFIG.layers() * 9 + 1);
            assertThat(entries.get("model.embed_tokens.weight").shape()).containsExactly(33L, 32L);
            assertThat(entries.get("model.layers.1.self_attn.q_proj.weight").shape())
                    .containsExactly(32L, 32L);
            assertThat(entries.get("model.layers.1.self_attn.k_proj.weight").shape())
                    .containsExactly(16L, 32L);
            assertThat(entries.get("model.layers.0.mlp.up_proj.weight").shape()).containsExactly(48L, 32L);
            assertThat(entries.get("model.layers.0.mlp.down_proj.weight").shape())
                    .containsExactly(32L, 48L);
            assertThat(entries.get("model.norm.weight").shape()).containsExactly(32L);
            assertThat(entries.values()).extracting(SafetensorsFile.Entry::type).containsOnly("F32");
        }
    }

    @ParameterizedTest
    @EnumSource(WeightType.class)
    void readsEveryNumberFormat(WeightType type) {
        Path other = folder.resolve("other");
        try (LanguageModel model = LanguageModel.read(directory)) {
            Progress.unwatched(progress -> {
                model.write(other, type, progress);
                return other;
            });
            try (LanguageModel read = LanguageModel.read(other)) {
                assertThat(JsonFiles.readObject(other.resolve("config.json"))
                                .get("torch_dtype")
                                .getAsString())
                        .isEqualTo(type.torchName());
                assertThat(values(read)).isDeepEqualTo(rounded(values(model), type));
            }
        }
    }

    @Test
    void readsShards() throws IOException {
        float[][] expected = values(directory);
        shard(directory, 3);

        assertThat(directory.resolve("model.safetensors")).doesNotExist();
        assertThat(values(directory)).isDeepEqualTo(expected);
    }

    @Test
    void namesAMissingShard() throws IOException {
        shard(directory, 3);
        Files.delete(directory.resolve("model-2.safetensors"));

        assertRefused("model-2.safetensors", "3 shards", "Download");
    }

    @Test
    void namesATensorThatAShardLacks() throws IOException {
        shard(directory, 3);
        Files.copy(
                directory.resolve("model-1.safetensors"),
                directory.resolve("model-2.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);

        assertRefused("model-2.safetensors", "is missing", "model.safetensors.index.json");
    }

    @Test
    void namesATensorOfTheIndexWithoutAFile() throws IOException {
        shard(directory, 3);
        Path index = directory.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replaceFirst(":\\{\"([^\"]+)\":\"[^\"]+\"", ":{\"$1\":[]"));

        assertRefused("model.safetensors.index.json", "model.embed_tokens.weight");
    }

    @Test
    void namesATensorThatTheConfigurationLeavesOut() {
        rewriteConfig("num_hidden_layers", 1);

        assertRefused("model.safetensors", "model.layers.1.", "config.json");
    }

    @Test
    void namesAWrongShape() {
        rewriteConfig("intermediate_size", 40);

        assertRefused("model.safetensors", "gate_proj", "[48, 32]", "[40, 32]");
    }

    @Test
    void namesAMissingTensor() {
        rewriteConfig("num_hidden_layers", 3);

        assertRefused("model.layers.2.input_layernorm.weight", "config.json");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        Path file = directory.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

        assertRefused("model.safetensors", "truncated", "" + bytes.length, "Download");

        Files.write(file, java.util.Arrays.copyOf(bytes, 100));
        assertRefused("model.safetensors", "truncated");
    }

    @Test
    void refusesAPointerInPlaceOfAFile() throws IOException {
        Files.writeString(directory.resolve("model.safetensors"), "version https://git-lfs.github.com/spec/v1\n");

        assertRefused("model.safetensors", "git lfs pull");
    }

    @Test
    void refusesADamagedHeader() throws IOException {
        Path file = directory.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[9] = '}';
        Files.write(file, bytes);

        assertRefused("model.safetensors", "damaged header");
    }

    /** Headers that are JSON and make no sense; the length of the header stays. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"shape\":[33,32]|\"shape\":\"33,32\"",
                "\"shape\":[33,32]|\"shape\":[-3,-2]",
                "\"shape\":[33,32]|\"shape\":[9e99]",
                "\"data_offsets\":[0,|\"data_offsets\":[9,",
                "\"data_offsets\":[0,|\"date_offsets\":[0,",
                "\"dtype\":\"F32\"|\"dtype\":[1,2]",
            })
    void refusesAHeaderThatMakesNoSense(String part, String replacement) throws IOException {
        Path file = directory.resolve("model.safetensors");
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).contains(part);
        String filled = replacement + " ".repeat(part.length() - replacement.length());
        Files.writeString(file, content.replaceFirst(Pattern.quote(part), filled), StandardCharsets.ISO_8859_1);

        assertRefused("model.safetensors", "damaged header");
    }

    @Test
    void refusesOtherNumberFormats() throws IOException {
        Path file = directory.resolve("model.safetensors");
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, content.replaceFirst("\"F32\"", "\"I32\""), StandardCharsets.ISO_8859_1);

        assertRefused("model.embed_tokens.weight", "I32", "BF16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "pytorch_model-00001-of-00002.bin", "consolidated.00.pth", "model.pt"})
    void refusesAPickleCheckpoint(String file) throws IOException {
        Files.move(directory.resolve("model.safetensors"), directory.resolve(file));

        assertRefused(file, "pickle", "save_pretrained");
    }

    @Test
    void namesMissingFiles() throws IOException {
        Files.delete(directory.resolve("model.safetensors"));
        assertRefused("model.safetensors", "Choose the folder");

        Files.delete(directory.resolve("tokenizer.json"));
        assertRefused("tokenizer.json", "missing");

        Files.delete(directory.resolve("config.json"));
        assertRefused("config.json", "missing");

        directory = folder.resolve("nowhere");
        assertRefused("nowhere", "not a folder");
    }

    @Test
    void refusesATokenizerThatIsTooLarge() {
        rewriteConfig("vocab_size", 20);

        assertRefused("30 tokens", "20");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> LanguageModel.read(directory).close())
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(parts);
    }

    private void rewriteConfig(String key, int value) {
        JsonObject json = JsonFiles.readObject(directory.resolve("config.json"));
        json.addProperty(key, value);
        ModelFixtures.write(directory.resolve("config.json"), json.toString());
    }

    private static float[][] values(Path directory) {
        try (LanguageModel model = LanguageModel.read(directory)) {
            return values(model);
        }
    }

    private static float[][] values(LanguageModel model) {
        return model.tensors().stream().map(NDArray::toFloatArray).toArray(float[][]::new);
    }

    private static float[][] rounded(float[][] values, WeightType type) {
        ByteBuffer buffer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                type.put(buffer.clear(), row[i]);
                row[i] = type.get(buffer, 0);
            }
        }
        return values;
    }

    /** Splits model.safetensors into shards with an index, tensors dealt out in turn. */
    private static void shard(Path directory, int shards) throws IOException {
        Path single = directory.resolve("model.safetensors");
        JsonObject map = new JsonObject();
        List<JsonObject> headers = new ArrayList<>();
        List<List<byte[]>> contents = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            headers.add(new JsonObject());
            contents.add(new ArrayList<>());
        }
        try (SafetensorsFile file = SafetensorsFile.open(single)) {
            int next = 0;
            for (SafetensorsFile.Entry entry : file.entries().values()) {
                int shard = next++ % shards;
                byte[] bytes = new byte[(int) (entry.end() - entry.begin())];
                file.map(entry, 0, bytes.length).get(bytes);
                int begin = contents.get(shard).stream().mapToInt(b -> b.length).sum();
                headers.get(shard).add(entry.name(), header(entry, begin, begin + bytes.length));
                contents.get(shard).add(bytes);
                map.addProperty(entry.name(), "model-%d.safetensors".formatted(shard));
            }
        }
        Files.delete(single);
        for (int i = 0; i < shards; i++) {
            writeShard(directory.resolve("model-%d.safetensors".formatted(i)), headers.get(i), contents.get(i));
        }
        JsonObject index = new JsonObject();
        index.add("weight_map", map);
        Files.writeString(directory.resolve("model.safetensors.index.json"), index.toString());
    }

    private static JsonObject header(SafetensorsFile.Entry entry, int begin, int end) {
        JsonObject json = new JsonObject();
        json.addProperty("dtype", entry.type());
        JsonArray shape = new JsonArray();
        entry.shape().forEach(shape::add);
        json.add("shape", shape);
        JsonArray range = new JsonArray();
        range.add(begin);
        range.add(end);
        json.add("data_offsets", range);
        return json;
    }

    private static void writeShard(Path file, JsonObject header, List<byte[]> contents) throws IOException {
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        int size = 8 + text.length + contents.stream().mapToInt(b -> b.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        contents.forEach(bytes::put);
        Files.write(file, bytes.array());
    }
}
