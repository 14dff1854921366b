package org.realm4knime.engine.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.EngineException;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** The small files of a model's folder. The input's first byte says which. */
public final class ModelFilesFuzz {

    private static final DecoderConfig CONFIG = DecoderConfig.tiny(100);

    /** Files by their number, each read as the model's folder is. */
    private static final List<Map.Entry<String, Reader>> FILES = List.of(
            Map.entry("config.json", ModelFilesFuzz::config),
            Map.entry("generation_config.json", TextTokenizer::read),
            Map.entry("tokenizer_config.json", TextTokenizer::read),
            Map.entry("special_tokens_map.json", TextTokenizer::read),
            Map.entry("adapter_config.json", folder -> PeftConfig.read(folder, CONFIG)),
            Map.entry("realm_prompt.json", folder -> PromptFormat.read(folder).render("2 + 3?", List.of(), List.of())),
            Map.entry("model.safetensors.index.json", folder -> new CheckpointReader(folder).close()),
            Map.entry(ModelHistory.FILE, ModelHistory::of),
            Map.entry("README.md", ModelHistory::of));

    private static final Scratch SCRATCH = new Scratch()
            .with(
                    "examples/quickstart/data/models/base",
                    List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json", "config.json"));

    /** Reads what it is about of a model's folder. */
    @FunctionalInterface
    private interface Reader {
        void read(Path folder) throws Exception;
    }

    @FuzzTest
    void file(byte[] data) {
        read(data);
    }

    /** Reads a folder of which one file is the input. */
    public static void read(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Map.Entry<String, Reader> file = FILES.get((data[0] & 0xFF) % FILES.size());
        Path place = SCRATCH.folder().resolve(file.getKey());
        byte[] usual = contentOf(place);
        try {
            SCRATCH.write(file.getKey(), Arrays.copyOfRange(data, 1, data.length));
            Declared.only(data, () -> file.getValue().read(SCRATCH.folder()), EngineException.class);
        } finally {
            restore(place, usual);
        }
    }

    private static void config(Path folder) {
        JsonObject json = JsonFiles.readObject(folder.resolve("config.json"));
        WeightLayout.of(DecoderConfig.fromJson(json, folder.resolve("config.json")));
        TextTokenizer.read(folder);
    }

    private static byte[] contentOf(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void restore(Path file, byte[] usual) {
        try {
            if (usual == null) {
                Files.deleteIfExists(file);
            } else {
                Files.write(file, usual);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
