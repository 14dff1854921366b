package org.realm4knime.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.Torch;

/** The models of the benchmark, and texts for them. */
final class Models {

    /** The vocabulary is {@code <pad> <eos> w2 w3 w4 ...}: a text of n words is n tokens. */
    private static final int FIRST_WORD = 2;

    /** The last model read, so that repeated generations do not read it again. */
    private static LanguageModel last;

    private static Path lastFolder;

    private Models() {}

    /**
     * Writes a model with random weights, except that it never ends a text by itself: the first column of the embedding
     * is the same for all words and opposite for the special tokens, so that every engine writes words alone, as many
     * as are asked for, without being told to ignore the end.
     *
     * @param request {@code folder} that holds the tokenizer and gets the model; {@code config}: a config.json
     * @return number of {@code parameters}
     */
    static Object make(JsonObject request) {
        Path folder = Path.of(request.get("folder").getAsString());
        DecoderConfig config = DecoderConfig.fromJson(request.getAsJsonObject("config"), folder.resolve("config.json"));
        try (LanguageModel model = LanguageModel.create(config, folder, 1)) {
            Torch.run(() -> {
                NDArray embedding = model.tensors().get(0);
                embedding.set(new NDIndex(":, 0"), 0.5f);
                embedding.set(new NDIndex(":" + FIRST_WORD + ", 0"), -5f);
                return null;
            });
            model.write(folder);
        }
        return Map.of("parameters", config.parameterCount());
    }

    /** Reads the model in a request's {@code folder}; the caller closes it. */
    static LanguageModel read(JsonObject request) {
        return LanguageModel.read(Path.of(request.get("folder").getAsString()));
    }

    /** The model in a request's {@code folder}, kept open until another is asked for; must not be changed. */
    static LanguageModel shared(JsonObject request) {
        Path folder = Path.of(request.get("folder").getAsString());
        if (!folder.equals(lastFolder)) {
            if (last != null) {
                last.close();
            }
            last = LanguageModel.read(folder);
            lastFolder = folder;
        }
        return last;
    }

    /** A text of random words, one token each. */
    static String text(LanguageModel model, int words, Random random) {
        int vocabulary = model.config().vocabSize();
        return IntStream.range(0, words)
                .mapToObj(i -> "w" + random.nextInt(FIRST_WORD, vocabulary))
                .collect(Collectors.joining(" "));
    }

    /** The numbers of an array in a request. */
    static LongStream longs(JsonObject request, String key) {
        return request.getAsJsonArray(key).asList().stream().mapToLong(JsonElement::getAsLong);
    }

    static int integer(JsonObject request, String key) {
        return request.get(key).getAsInt();
    }
}
