package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/** Models of a few thousand random weights and a tokenizer of words, single digits and punctuation. */
public final class ModelFixtures {

    /** Word tokens carry the space before them, as in {@code ▁gold}. */
    private static final List<String> VOCABULARY = List.of(
            "<eos>",
            "<pad>",
            "<unk>",
            "▁",
            "▁A",
            "▁gold",
            "▁member",
            "▁returns",
            "▁a",
            "▁laptop",
            "▁priced",
            "▁=",
            "▁-",
            "▁0",
            "▁1",
            "▁2",
            "▁3",
            "▁4",
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            ",",
            ".",
            ";",
            "▁days",
            "▁ok");

    private static final String TOKENIZER =
            """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [%s],
             "normalizer": null,
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
               {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": false},
               {"type": "Split", "pattern": {"Regex": "▁?(?:[A-Za-z]+|[0-9]|[^A-Za-z0-9▁])"},
                "behavior": "Isolated", "invert": false}]},
             "post_processor": null,
             "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": false},
             "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {%s}}}
            """;

    private ModelFixtures() {}

    /** Number of tokens of {@link #writeTokenizer}. */
    public static int vocabSize() {
        return VOCABULARY.size();
    }

    /** Writes tokenizer.json and tokenizer_config.json. */
    public static Path writeTokenizer(Path directory) {
        String vocabulary = IntStream.range(0, VOCABULARY.size())
                .mapToObj(i -> "\"%s\": %d".formatted(VOCABULARY.get(i), i))
                .collect(Collectors.joining(", "));
        String special = IntStream.range(0, 3)
                .mapToObj(i -> ("{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false,"
                                + " \"rstrip\": false, \"normalized\": false, \"special\": true}")
                        .formatted(i, VOCABULARY.get(i)))
                .collect(Collectors.joining(", "));
        write(directory.resolve("tokenizer.json"), TOKENIZER.formatted(special, vocabulary));
        write(
                directory.resolve("tokenizer_config.json"),
                "{\"eos_token\": \"<eos>\", \"pad_token\": {\"content\": \"<pad>\"}, \"unk_token\": \"<unk>\"}");
        return directory;
    }

    /** One small configuration of each architecture, with grouped queries and, where it can have them, all variants. */
    public static Map<String, DecoderConfig> configs() {
        int vocab = vocabSize() + 3;
        RopeScaling scaling = RopeScaling.llama3(8, 1, 4, 32);
        Map<String, DecoderConfig> configs = new TreeMap<>();
        configs.put(
                "llama",
                new DecoderConfig("llama", vocab, 32, 2, 4, 2, 8, 48, 64, 10_000, null, 1e-5, true, false, false));
        configs.put(
                "llama3",
                new DecoderConfig("llama", vocab, 32, 2, 4, 4, 8, 48, 64, 500_000, scaling, 1e-5, false, false, false));
        configs.put(
                "qwen2",
                new DecoderConfig("qwen2", vocab, 32, 3, 4, 1, 8, 40, 64, 1_000_000, null, 1e-6, true, true, false));
        configs.put(
                "qwen3",
                new DecoderConfig("qwen3", vocab, 24, 2, 4, 2, 16, 40, 64, 1_000_000, null, 1e-6, false, false, true));
        return configs;
    }

    /** A model whose weights are all random, norms and biases too; large enough weights that logits differ clearly. */
    public static LanguageModel model(DecoderConfig config, Path tokenizerDirectory, long seed) {
        LanguageModel model = LanguageModel.create(config, writeTokenizer(tokenizerDirectory), seed);
        Random random = new Random(seed);
        Torch.run(() -> {
            try (TensorScope scope = new TensorScope()) {
                for (NDArray tensor : model.tensors()) {
                    float[] noise = new float[(int) tensor.size()];
                    for (int i = 0; i < noise.length; i++) {
                        noise[i] = (float) (0.15 * random.nextGaussian());
                    }
                    tensor.addi(scope.floats(noise, tensor.getShape().getShape()));
                }
            }
            return null;
        });
        return model;
    }

    /** Writes a text file. */
    public static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
