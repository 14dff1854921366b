package org.realm4knime.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.Torch;

/** The models of the benchmark, and texts for them. */
final class Models {

    /** The vocabulary is {@code <pad> <eos> w2 w3 w4 ...}: a text of n words is n tokens. */
    private static final int END = 1;

    private static final int FIRST_WORD = 2;

    private static final float FOR_WORDS = 0.5f;

    private static final float FOR_SPECIAL_TOKENS = -5f;

    /** Texts by which the model's inclination to end is found. */
    private static final int TEXTS = 64;

    /** The last model read, so that repeated generations do not read it again. */
    private static LanguageModel last;

    private static Path lastFolder;

    private Models() {}

    /**
     * Writes a model with random weights, except for the first column of the embedding, which is the same for all words
     * and opposite for the special tokens. So every engine writes words alone, as many as are asked for, without being
     * told to ignore the end.
     *
     * @param request {@code folder} that holds the tokenizer and gets the model; {@code config}: a config.json; {@code
     *     halfEndWithin}, if there: tokens by which half of the texts are to end by themselves
     * @return number of {@code parameters}
     */
    static Object make(JsonObject request) throws CanceledJobException {
        Path folder = Path.of(request.get("folder").getAsString());
        DecoderConfig config = DecoderConfig.fromJson(request.getAsJsonObject("config"), folder.resolve("config.json"));
        try (LanguageModel model = LanguageModel.create(config, folder, 1)) {
            setFirstColumn(model, ":", FOR_WORDS);
            setFirstColumn(model, ":" + FIRST_WORD, FOR_SPECIAL_TOKENS);
            if (request.has("halfEndWithin")) {
                letHalfEndWithin(model, integer(request, "halfEndWithin"));
            }
            model.write(folder);
        }
        return Map.of("parameters", config.parameterCount());
    }

    private static void setFirstColumn(LanguageModel model, String rows, float value) {
        Torch.run(() -> {
            model.tensors().get(0).set(new NDIndex(rows + ", 0"), value);
            return null;
        });
    }

    /** Looks for the value of the end's row, which is no input of the model, by bisection on texts that it writes. */
    private static void letHalfEndWithin(LanguageModel model, int tokens) throws CanceledJobException {
        Generator generator = new Generator(model, TEXTS);
        Random random = new Random(2);
        List<String> prompts = IntStream.range(0, TEXTS)
                .mapToObj(i -> text(model, 2 * tokens, random))
                .toList();
        float seldom = FOR_SPECIAL_TOKENS;
        float often = -FOR_SPECIAL_TOKENS;
        for (int trial = 0; trial < 8; trial++) {
            float middle = (seldom + often) / 2;
            setFirstColumn(model, String.valueOf(END), middle);
            List<List<Completion>> texts = generator.generate(
                    prompts, 1, SamplingSettings.sample(tokens, 1, 3), Progress.silent());
            long ended = texts.stream().flatMap(List::stream).filter(text -> !text.truncated()).count();
            if (ended < TEXTS / 2) {
                seldom = middle;
            } else {
                often = middle;
            }
        }
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
