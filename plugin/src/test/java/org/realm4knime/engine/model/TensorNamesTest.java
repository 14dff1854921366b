package org.realm4knime.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** Checkpoints whose tensors are called by what was wrapped around the model. */
class TensorNamesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_orig_mod.",
                "module.",
                "module._orig_mod.",
                "_orig_mod.module.",
                "module.module.",
                "_fsdp_wrapped_module.",
                "pretrained_model.",
                "model.",
                "policy.",
            })
    void readsWrappedModels(String prefix) throws IOException {
        readsRenamed("llama3", name -> prefix + name);
        readsRenamed("qwen2", name -> prefix + name);
    }

    @Test
    void readsWrappedParts() throws IOException {
        readsRenamed("qwen3", name -> name.replace("model.layers.", "model._orig_mod.layers."));
        readsRenamed("llama", name -> name.replaceAll("layers\\.(\\d+)", "layers.$1._checkpoint_wrapped_module"));
        readsRenamed("llama", name -> name.replaceAll("layers\\.(\\d+)", "_fsdp_wrapped_module.layers.$1._orig_mod"));
    }

    @Test
    void readsModelsSavedWithoutTheirHead() throws IOException {
        readsRenamed("llama", name -> name.replaceFirst("^model\\.", ""));
        readsRenamed("qwen2", name -> "_orig_mod." + name.replaceFirst("^model\\.", ""));
        // the head is in the file where the embedding is not shared, under its own name
        readsRenamed("qwen3", name -> name.replaceFirst("^model\\.", ""));
    }

    @Test
    void saysThatAHeadIsMissing() throws IOException {
        assertThatThrownBy(
                        () -> readsRenamed("llama3", name -> name.equals("lm_head.weight") ? null : name.substring(6)))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("lm_head.weight", "LlamaForCausalLM");
    }

    @Test
    void namesTensorsThatBelongToNothingAsTheFileDoes() {
        assertThatThrownBy(() -> readsRenamed("llama", name -> "module." + name.replace("layers.1", "layers.7")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("module.model.layers.7.");
        assertThatThrownBy(() -> readsRenamed("llama", name -> name.replace("layers.1", "_orig_mod.layers.0")))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("are both the model's", "_orig_mod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_model.model.model.",
                "base_model.model._orig_mod.model.",
                "_orig_mod.base_model.model.model.",
                "module.base_model.model.model.",
                "base_model.model.",
            })
    void readsWrappedAdapters(String prefix) throws IOException {
        for (String end : List.of(".weight", ".default.weight")) {
            try (LanguageModel model =
                    ModelFixtures.model(ModelFixtures.configs().get("llama"), folder.resolve("tokenizer"), 7)) {
                model.write(folder.resolve("base"));
                model.startAdapter(LoraSettings.of(2, 4), 3);
                model.writeAdapter(folder.resolve("adapter"));
                rename(
                        folder.resolve("adapter/adapter_model.safetensors"),
                        name -> name.replace("base_model.model.model.", prefix).replaceFirst("\\.weight$", end));
                try (LanguageModel read = Progress.unwatched(
                        progress -> LanguageModel.read(folder.resolve("base"), folder.resolve("adapter"), progress))) {
                    assertThat(values(read.adapter().orElseThrow().tensors()))
                            .isDeepEqualTo(values(model.adapter().orElseThrow().tensors()));
                }
            }
        }
    }

    private void readsRenamed(String architecture, UnaryOperator<String> rename) throws IOException {
        try (LanguageModel model =
                ModelFixtures.model(ModelFixtures.configs().get(architecture), folder.resolve("tokenizer"), 7)) {
            model.write(folder.resolve("model"));
            rename(folder.resolve("model/model.safetensors"), rename);
            try (LanguageModel read = LanguageModel.read(folder.resolve("model"))) {
                assertThat(values(read.tensors())).isDeepEqualTo(values(model.tensors()));
            }
        }
    }

    /** Gives the tensors of a file other names; null leaves one out. */
    private static void rename(Path file, UnaryOperator<String> rename) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int length =
                (int) ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        JsonObject header =
                new Gson().fromJson(new String(content, Long.BYTES, length, StandardCharsets.UTF_8), JsonObject.class);
        JsonObject renamed = new JsonObject();
        header.entrySet().forEach(entry -> {
            String name = entry.getKey().equals("__metadata__") ? entry.getKey() : rename.apply(entry.getKey());
            if (name != null) {
                renamed.add(name, entry.getValue());
            }
        });
        byte[] text = renamed.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES + padded.length + content.length - Long.BYTES - length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .put(content, Long.BYTES + length, content.length - Long.BYTES - length);
        Files.write(file, all.array());
    }

    private static float[][] values(List<NDArray> tensors) {
        return tensors.stream().map(NDArray::toFloatArray).toArray(float[][]::new);
    }
}
