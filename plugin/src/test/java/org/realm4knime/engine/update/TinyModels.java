package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;

/** Models of a few thousand weights over a vocabulary of digits and the words of the compact prompt format. */
public final class TinyModels {

    private static final List<String> WORDS = List.of(
            "<pad>",
            "<eos>",
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "+",
            "=",
            ":",
            "|",
            ",",
            "verify",
            "right",
            "wrong",
            "solution",
            "rule");

    private TinyModels() {}

    /** Two layers of 16 with grouped queries. */
    public static LanguageModel micro(Path folder, long seed) {
        return create(folder, 16, 2, 2, 1, seed);
    }

    /** Two layers of 48: enough to learn sums of digits. */
    public static LanguageModel small(Path folder, long seed) {
        return create(folder, 48, 2, 4, 4, seed);
    }

    private static LanguageModel create(Path folder, int hidden, int layers, int heads, int kvHeads, long seed) {
        writeTokenizer(folder);
        DecoderConfig config = DecoderConfig.uniform(
                Architecture.LLAMA,
                WORDS.size(),
                hidden,
                layers,
                heads,
                kvHeads,
                hidden / heads,
                2 * hidden,
                64,
                10_000,
                1e-6,
                true);
        return LanguageModel.create(config, folder, seed);
    }

    public static int vocabSize() {
        return WORDS.size();
    }

    /** All weights, tensor after tensor. */
    public static List<float[]> weights(LanguageModel model) {
        List<float[]> weights = new ArrayList<>();
        for (NDArray tensor : model.tensors()) {
            weights.add(tensor.toFloatArray());
        }
        return weights;
    }

    private static void writeTokenizer(Path folder) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        WORDS.forEach(word -> vocabulary.put(word, vocabulary.size()));
        List<Map<String, Object>> added = new ArrayList<>();
        for (int id = 0; id < 2; id++) {
            added.add(Map.of(
                    "id",
                    id,
                    "content",
                    WORDS.get(id),
                    "single_word",
                    false,
                    "lstrip",
                    false,
                    "rstrip",
                    false,
                    "normalized",
                    false,
                    "special",
                    true));
        }
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("version", "1.0");
        tokenizer.put("added_tokens", added);
        tokenizer.put("pre_tokenizer", Map.of("type", "WhitespaceSplit"));
        tokenizer.put("model", Map.of("type", "WordLevel", "vocab", vocabulary, "unk_token", "<pad>"));
        Map<String, Object> config = Map.of("eos_token", "<eos>", "pad_token", "<pad>");
        Map<String, Object> format = Map.of(
                "template",
                "{% for r in rules %}{{ r }} {% endfor %}{{ question }}{% for r in routes %} | {{ r }}{% endfor %} :",
                "verify",
                "verify",
                "right",
                "right",
                "wrong",
                "wrong",
                "reasons",
                false,
                "solution",
                "solution");
        write(folder.resolve("tokenizer.json"), tokenizer);
        write(folder.resolve("tokenizer_config.json"), config);
        write(folder.resolve("realm_prompt.json"), format);
    }

    private static void write(Path file, Map<String, Object> json) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, new Gson().toJson(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
