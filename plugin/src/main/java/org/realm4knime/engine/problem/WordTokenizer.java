package org.realm4knime.engine.problem;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A tokenizer for tiny models of made-up domains: a word, a digit or a punctuation mark is a token, together with the space before
 * it (written {@code ▁}), so that decoding gives the text back character by character. Written as Hugging Face files.
 */
public final class WordTokenizer {

    /** End of a completion. */
    static final String EOS = "<eos>";

    private static final String PAD = "<pad>";
    private static final String UNKNOWN = "<unk>";
    private static final String SPACE = "▁";
    private static final String PIECE = SPACE + "?(?:[A-Za-z]+|[0-9]|[^A-Za-z0-9" + SPACE + "])";

    private WordTokenizer() {}

    /**
     * Every token, special ones first, then digits and punctuation, then the words in alphabetical order.
     *
     * @param texts in which every word occurs, after a space or not, as it will
     */
    public static List<String> vocabulary(List<TrainingText> texts) {
        List<String> tokens = new ArrayList<>(List.of(EOS, PAD, UNKNOWN, SPACE));
        for (String mark : "0 1 2 3 4 5 6 7 8 9 + - * / = % ; : , . | ?".split(" ")) {
            tokens.add(mark);
            tokens.add(SPACE + mark);
        }
        SortedSet<String> words = new TreeSet<>();
        for (TrainingText text : texts) {
            words.addAll(pieces(text.prompt()));
            words.addAll(pieces(text.completion()));
        }
        words.removeAll(tokens);
        tokens.addAll(words);
        return tokens;
    }

    /** The pieces that the tokenizer splits a text into. */
    static List<String> pieces(String text) {
        return Pattern.compile(PIECE)
                .matcher(SPACE + text.replace(" ", SPACE))
                .results()
                .map(r -> r.group())
                .toList();
    }

    /**
     * Writes tokenizer.json, tokenizer_config.json and special_tokens_map.json.
     *
     * @param directory folder that exists
     * @param texts see {@link #vocabulary}
     */
    public static void write(Path directory, List<TrainingText> texts) throws IOException {
        Gson gson = new GsonBuilder()
                .serializeNulls()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create();
        Files.writeString(directory.resolve("tokenizer.json"), gson.toJson(definition(vocabulary(texts))) + "\n");
        Map<String, Object> config = map(
                "tokenizer_class",
                "PreTrainedTokenizerFast",
                "eos_token",
                EOS,
                "pad_token",
                PAD,
                "unk_token",
                UNKNOWN,
                "clean_up_tokenization_spaces",
                false,
                "model_max_length",
                512);
        Files.writeString(directory.resolve("tokenizer_config.json"), gson.toJson(config) + "\n");
        Map<String, Object> special = map("eos_token", EOS, "pad_token", PAD, "unk_token", UNKNOWN);
        Files.writeString(directory.resolve("special_tokens_map.json"), gson.toJson(special) + "\n");
    }

    private static Map<String, Object> definition(List<String> vocabulary) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        vocabulary.forEach(token -> ids.put(token, ids.size()));
        Map<String, Object> spaces =
                map("type", "Metaspace", "replacement", SPACE, "prepend_scheme", "always", "split", false);
        Map<String, Object> split =
                map("type", "Split", "pattern", map("Regex", PIECE), "behavior", "Isolated", "invert", false);
        return map(
                "version",
                "1.0",
                "truncation",
                null,
                "padding",
                null,
                "added_tokens",
                List.of(special(EOS, ids), special(PAD, ids), special(UNKNOWN, ids)),
                "normalizer",
                null,
                "pre_tokenizer",
                map("type", "Sequence", "pretokenizers", List.of(spaces, split)),
                "post_processor",
                null,
                "decoder",
                spaces,
                "model",
                map("type", "WordLevel", "vocab", ids, "unk_token", UNKNOWN));
    }

    private static Map<String, Object> special(String token, Map<String, Integer> ids) {
        return map(
                "id", ids.get(token),
                "content", token,
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", false,
                "special", true);
    }

    /** A map of keys and values in turn, which keeps their order and allows null. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Object> all = Arrays.asList(keysAndValues);
        for (int i = 0; i < all.size(); i += 2) {
            map.put((String) all.get(i), all.get(i + 1));
        }
        return map;
    }
}
