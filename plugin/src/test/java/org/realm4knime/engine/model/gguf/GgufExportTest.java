package org.realm4knime.engine.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.GoldenModel;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;

/** What is written, read again. What llama.cpp makes of it is compared by bench/gguf. */
class GgufExportTest {

    private static final String TEMPLATE =
            "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
                    + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"llama, 4, 2", "llama3, 4, 2", "llama-linear-f16, 4, 2"})
    void rowsOfQueriesAndKeysOfLlamaAlternateBetweenTheHalvesOfAHead(String name, int heads, int keyHeads)
            throws Exception {
        GgufFile file = write(name, GgufType.F32);
        LanguageModelRows rows = new LanguageModelRows(GoldenModel.directory(name));
        assertThat(all(file, "blk.1.attn_q.weight"))
                .containsExactly(rows.interleaved("model.layers.1.self_attn.q_proj.weight", heads), within(0f));
        assertThat(all(file, "blk.1.attn_k.weight"))
                .containsExactly(rows.interleaved("model.layers.1.self_attn.k_proj.weight", keyHeads), within(0f));
        assertThat(all(file, "blk.1.attn_v.weight"))
                .containsExactly(rows.of("model.layers.1.self_attn.v_proj.weight"), within(0f));
        assertThat(all(file, "token_embd.weight")).containsExactly(rows.of("model.embed_tokens.weight"), within(0f));
    }

    @ParameterizedTest
    @CsvSource({"qwen2, bias", "qwen3, weight"})
    void rowsOfQwenStayAsTheyAre(String name, String kind) throws Exception {
        GgufFile file = write(name, GgufType.F32);
        LanguageModelRows rows = new LanguageModelRows(GoldenModel.directory(name));
        assertThat(all(file, "blk.0.attn_q.weight"))
                .containsExactly(rows.of("model.layers.0.self_attn.q_proj.weight"), within(0f));
        String extra = kind.equals("bias") ? "q_proj.bias" : "q_norm.weight";
        String written = kind.equals("bias") ? "attn_q.bias" : "attn_q_norm.weight";
        assertThat(all(file, "blk.0." + written))
                .containsExactly(rows.of("model.layers.0.self_attn." + extra), within(0f));
        assertThat(file.metadata().text("general.architecture")).contains(name);
        assertThat(file.tensors().containsKey("output.weight")).isEqualTo(name.equals("qwen3"));
    }

    @Test
    void rowsOfSmolLm3AlternateWhereTheyAreRotated() throws Exception {
        Path directory = copyOf("smollm3");
        change(directory, config -> config.add("no_rope_layers", JsonParser.parseString("[1, 1, 1, 0]")));
        GgufFile file = write(directory, GgufType.F32);
        LanguageModelRows rows = new LanguageModelRows(directory);
        assertThat(all(file, "blk.2.attn_q.weight"))
                .containsExactly(rows.interleaved("model.layers.2.self_attn.q_proj.weight", 4), within(0f));
        // in any order, as long as it is that of the keys
        assertThat(all(file, "blk.3.attn_q.weight"))
                .containsExactly(rows.of("model.layers.3.self_attn.q_proj.weight"), within(0f));
        assertThat(all(file, "blk.3.attn_k.weight"))
                .containsExactly(rows.of("model.layers.3.self_attn.k_proj.weight"), within(0f));
    }

    /** Frequencies and factors by the formula of llama.cpp's converter, with the model's theta 500000 and 8 / 1 / 4. */
    @Test
    void scaledFrequenciesOfLlama3BecomeFactors() throws Exception {
        float[] factors = all(write("llama3", GgufType.F32), "rope_freqs.weight");
        for (int i = 0; i < factors.length; i++) {
            double wavelength = 2 * Math.PI * Math.pow(500_000, 2.0 * i / 8);
            double smooth = (32 / wavelength - 1) / (4 - 1);
            double expected = wavelength < 32.0 / 4 ? 1 : wavelength > 32 ? 8 : 1 / ((1 - smooth) / 8 + smooth);
            assertThat(factors[i]).isEqualTo((float) expected, within(1e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16", "Q8_0"})
    void normsStayExactAndWhatFitsNoBlockIsHalfPrecision(String type) throws Exception {
        GgufFile file = write("qwen3", GgufType.valueOf(type));
        assertThat(file.tensors().get("blk.0.attn_norm.weight").type()).isEqualTo(GgufType.F32);
        assertThat(file.tensors().get("blk.0.ffn_up.weight").type()).isEqualTo(GgufType.valueOf(type));
        // rows of 48 weights, which are no whole number of blocks
        GgufType fitting = type.equals("Q8_0") ? GgufType.F16 : GgufType.valueOf(type);
        assertThat(file.tensors().get("blk.0.ffn_down.weight").type()).isEqualTo(fitting);
    }

    @Test
    void aModelWithoutTemplateIsAskedWithTheMessageAlone() throws Exception {
        GgufMetadata metadata = write("smollm2", GgufType.F16).metadata();
        assertThat(metadata.text("tokenizer.chat_template")).contains(ChatFrame.PLAIN);
        assertThat(metadata.flag(GgufVocabulary.ADD_BOS)).contains(false);
        assertThat(metadata.text(GgufVocabulary.RULE)).contains("gpt-2");
        assertThat(metadata.texts(GgufVocabulary.TOKENS)).hasSize(104).endsWith("[PAD103]");
        assertThat(Files.readString(folder.resolve("Modelfile")))
                .contains("FROM ./smollm2-F16.gguf\n")
                .contains("{{ range .Messages }}{{ if eq .Role \"user\" }}{{ .Content }}{{ else if");
    }

    @Test
    void templateAndEndTokensAreInTheFileAndTheModelfile() throws Exception {
        Path chat = copyOf("qwen2");
        Files.writeString(chat.resolve("chat_template.jinja"), TEMPLATE);
        GgufMetadata metadata = write(chat, GgufType.F16).metadata();
        assertThat(metadata.text("tokenizer.chat_template")).contains(TEMPLATE);
        List<String> tokens = metadata.texts(GgufVocabulary.TOKENS);
        assertThat(metadata.integer(StopTokens.EOS).map(tokens::get)).contains("<|im_end|>");
        assertThat(Files.readString(folder.resolve("Modelfile")))
                .contains("{{ if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n<|im_start|>user\n{{ else }}")
                .contains("PARAMETER stop \"<|im_end|>\"");
    }

    @Test
    void wholeWordsAreRefusedAndNothingIsLeft() {
        Path target = folder.resolve("out");
        try (LanguageModel model =
                ModelFixtures.model(ModelFixtures.configs().get("llama"), folder.resolve("words"), 1)) {
            assertThatThrownBy(() -> GgufExport.write(model, target, GgufType.F16, Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("knows whole words")
                    .hasMessageContaining("byte pairs");
        }
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "phi3, phi3 are not written as GGUF",
        "gemma3, global layers that are not every sixth",
        "smollm3, layers without positions that are not every fourth"
    })
    void refusesWhatLlamaCppWouldComputeOtherwise(String name, String reason) {
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory(name))) {
            assertThatThrownBy(() -> GgufExport.write(model, folder, GgufType.F32, Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(reason)
                    .hasMessageContaining("Write it in the Hugging Face layout");
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Seven layers, the sixth of them global: llama.cpp has one local layer's window and base for all. */
    @Test
    void gemmaHasItsWindowItsTwoBasesAndItsFourNorms() throws Exception {
        Path directory = copyOf("gemma3");
        change(directory, config -> {
            config.addProperty("num_hidden_layers", 7);
            config.remove("layer_types");
            config.addProperty("query_pre_attn_scalar", 16);
        });
        DecoderConfig config = DecoderConfig.read(directory);
        GgufMetadata metadata = new GgufMetadata();
        new GgufDecoder(config).describe(metadata);
        assertThat(metadata.values())
                .containsEntry("general.architecture", "gemma3")
                .containsEntry("gemma3.attention.sliding_window", 8)
                .containsEntry("gemma3.rope.freq_base", 1e6f)
                .containsEntry("gemma3.rope.freq_base_swa", 1e4f)
                .containsEntry("gemma3.rope.scaling.factor", 8f);
        try (LanguageModel model = LanguageModel.create(config, directory, 1)) {
            List<GgufTensor> tensors = new GgufDecoder(config).tensors(model, GgufType.F32);
            assertThat(tensors)
                    .extracting(GgufTensor::name)
                    .contains("blk.6.post_attention_norm.weight", "blk.6.ffn_norm.weight", "blk.6.post_ffw_norm.weight")
                    .doesNotHaveDuplicates();
            assertThat(tensors.stream()
                            .filter(tensor -> tensor.name().endsWith("_norm.weight"))
                            .map(tensor -> tensor.source().read(0, 1)[0]))
                    .as("the factor itself: a checkpoint has 0 for it")
                    .containsOnly(1f);
        }
    }

    @Test
    void aFileThatDiffersFromTheModelIsNotKept() throws Exception {
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory("qwen2"));
                LanguageModel other = LanguageModel.read(GoldenModel.directory("qwen2-sharded-bf16"))) {
            Path file = GgufExport.write(other, folder, GgufType.F32, Progress.silent())
                    .file();
            List<GgufTensor> tensors = new GgufDecoder(model.config()).tensors(model, GgufType.F32);
            assertThatThrownBy(() -> GgufCheck.of(model, file, tensors, List.of(), Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("differs from the model");
        }
    }

    @Test
    void aCanceledExportLeavesNothing() {
        Progress canceled = new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody is looking
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                throw new CanceledJobException();
            }
        };
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory("qwen2"))) {
            assertThatThrownBy(() -> GgufExport.write(model, folder, GgufType.F32, canceled))
                    .isInstanceOf(CanceledJobException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void endTokensBeyondThoseThatFitAreNamed() {
        GgufMetadata metadata = new GgufMetadata();
        List<String> tokens = List.of("<a>", "<b>", "<c>", "<d>", "<|im_end|>");
        assertThat(StopTokens.describe(metadata, java.util.Optional.of(1), new int[] {4, 0, 1, 2, 3}, tokens))
                .containsExactly("<d>");
        assertThat(metadata.integer(StopTokens.EOS)).contains(1);
        assertThat(StopTokens.read(metadata, tokens)).containsExactlyInAnyOrder(0, 1, 2, 4);
    }

    @Test
    void namesOfFilesHaveNoOddCharacters() {
        assertThat(GgufExport.fileName("my model/2", GgufType.Q8_0)).isEqualTo("my-model-2-Q8_0.gguf");
        assertThat(GgufExport.fileName("../", GgufType.F16)).isEqualTo("model-F16.gguf");
    }

    private GgufFile write(String golden, GgufType type) throws CanceledJobException {
        return write(GoldenModel.directory(golden), type);
    }

    private GgufFile write(Path directory, GgufType type) throws CanceledJobException {
        try (LanguageModel model = LanguageModel.read(directory)) {
            GgufExport.Written written = GgufExport.write(model, folder, type, Progress.silent());
            assertThat(written.warnings()).isEmpty();
            return GgufFile.read(written.file());
        }
    }

    private static void change(Path directory, Consumer<JsonObject> change) throws Exception {
        Path file = directory.resolve("config.json");
        JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        change.accept(config);
        Files.writeString(file, config.toString());
    }

    private Path copyOf(String golden) throws Exception {
        Path copy = Files.createDirectory(folder.resolve("chat"));
        try (var files = Files.list(GoldenModel.directory(golden))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static float[] all(GgufFile file, String tensor) {
        return file.rows(tensor, 0, (int) file.tensors().get(tensor).rows());
    }
}
