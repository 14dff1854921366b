package org.realm4knime.engine.model;

import static java.util.Collections.nCopies;
import static org.realm4knime.engine.model.DecoderConfig.uniform;

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

    /**
     * One small configuration of each architecture, with grouped queries and, where it can have them, all variants.
     * Windows are shorter than the texts of the tests.
     */
    public static Map<String, DecoderConfig> configs() {
        int vocab = vocabSize() + 3;
        Map<String, DecoderConfig> configs = new TreeMap<>();
        configs.put("llama", uniform(Architecture.LLAMA, vocab, 32, 2, 4, 2, 8, 48, 64, 10_000, 1e-5, true));
        configs.put("qwen2", uniform(Architecture.QWEN2, vocab, 32, 3, 4, 1, 8, 40, 64, 1_000_000, 1e-6, true));
        configs.put("qwen3", uniform(Architecture.QWEN3, vocab, 24, 2, 4, 2, 16, 40, 64, 1_000_000, 1e-6, false));

        LayerAttention scaled = all(new Rope(500_000, 8, new RopeScaling.Llama3(8, 1, 4, 32)));
        configs.put(
                "llama3",
                new DecoderConfig(Architecture.LLAMA, vocab, 32, 4, 4, 8, 48, 64, nCopies(2, scaled), 8, 1e-5, false));
        Rope rope = new Rope(50_000, 8, null);
        List<LayerAttention> some = List.of(all(rope), all(rope.without()), all(rope));
        configs.put(
                "smollm3", new DecoderConfig(Architecture.SMOLLM3, vocab, 32, 4, 2, 8, 48, 64, some, 8, 1e-6, true));
        RopeScaling longRope = new RopeScaling.LongRope(List.of(1.0, 1.1, 1.5), List.of(1.0, 4.0, 30.0), 64, 2048);
        LayerAttention window = new LayerAttention(new Rope(10_000, 6, longRope), 5);
        configs.put(
                "phi3",
                new DecoderConfig(Architecture.PHI3, vocab, 32, 4, 2, 8, 48, 64, nCopies(2, window), 8, 1e-5, true));
        LayerAttention local = new LayerAttention(new Rope(10_000, 16, null), 3);
        LayerAttention global = all(new Rope(1_000_000, 16, new RopeScaling.Linear(8)));
        configs.put(
                "gemma3",
                new DecoderConfig(
                        Architecture.GEMMA3,
                        vocab,
                        24,
                        4,
                        1,
                        16,
                        40,
                        64,
                        List.of(local, global, local),
                        20,
                        1e-6,
                        true));
        return configs;
    }

    private static LayerAttention all(Rope rope) {
        return new LayerAttention(rope, 0);
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
