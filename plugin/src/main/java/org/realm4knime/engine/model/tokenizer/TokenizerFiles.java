package org.realm4knime.engine.model.tokenizer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.WholeFile;

/** Writes tokenizers in the format of Hugging Face's tokenizers library. */
public final class TokenizerFiles {

    /** End of a completion. */
    public static final String EOS = "<eos>";
    /** Fills up the shorter rows of a batch. */
    public static final String PAD = "<pad>";
    /** Stands for every word that a tokenizer of words does not know. */
    public static final String UNKNOWN = "<unk>";
    /** Stands for a space in a tokenizer of words. */
    public static final String SPACE = "▁";

    private TokenizerFiles() {}

    /**
     * Writes a tokenizer whose tokens are whole pieces of a text: tokenizer.json, tokenizer_config.json and
     * special_tokens_map.json.
     *
     * @param directory folder that exists
     * @param vocabulary the tokens by id, with {@link #EOS}, {@link #PAD} and {@link #UNKNOWN} among them
     * @param piece regular expression of a piece, in which {@link #SPACE} stands for a space; the text gets one at its
     *     beginning
     * @param settings more entries of tokenizer_config.json
     * @throws IOException if it cannot be written
     */
    public static void writeWords(Path directory, List<String> vocabulary, String piece, Map<String, Object> settings)
            throws IOException {
        Map<String, Object> spaces =
                map("type", "Metaspace", "replacement", SPACE, "prepend_scheme", "always", "split", false);
        Map<String, Object> split =
                map("type", "Split", "pattern", map("Regex", piece), "behavior", "Isolated", "invert", false);
        Map<String, Integer> ids = ids(vocabulary);
        Map<String, Object> model = map("type", "WordLevel", "vocab", ids, "unk_token", UNKNOWN);
        Map<String, Object> special = map("eos_token", EOS, "pad_token", PAD, "unk_token", UNKNOWN);
        write(directory, definition(ids, special, List.of(spaces, split), spaces, model), special, settings);
    }

    /**
     * Writes a tokenizer of byte pairs; the files are those of {@link #writeWords}. It knows every byte and hence needs
     * no token for unknown words.
     *
     * @param directory folder that exists
     * @param vocabulary the tokens by id, with {@link #EOS}, {@link #PAD} and all bytes among them
     * @param merges pairs of tokens that become one, in order
     * @param singleDigits whether every digit is a token of its own
     * @throws IOException if it cannot be written
     */
    static void writeBytePairs(Path directory, List<String> vocabulary, List<List<String>> merges, boolean singleDigits)
            throws IOException {
        Map<String, Object> digits = map("type", "Digits", "individual_digits", true);
        Map<String, Object> bytes =
                map("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
        Map<String, Integer> ids = ids(vocabulary);
        Map<String, Object> model = map(
                "type",
                "BPE",
                "dropout",
                null,
                "unk_token",
                null,
                "continuing_subword_prefix",
                null,
                "end_of_word_suffix",
                null,
                "fuse_unk",
                false,
                "byte_fallback",
                false,
                "ignore_merges",
                false,
                "vocab",
                ids,
                "merges",
                merges);
        Map<String, Object> special = map("eos_token", EOS, "pad_token", PAD);
        List<Map<String, Object>> split = singleDigits ? List.of(digits, bytes) : List.of(bytes);
        write(directory, definition(ids, special, split, bytes, model), special, Map.of());
    }

    private static Map<String, Integer> ids(List<String> vocabulary) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        vocabulary.forEach(token -> ids.put(token, ids.size()));
        return ids;
    }

    private static Map<String, Object> definition(
            Map<String, Integer> ids,
            Map<String, Object> special,
            List<Map<String, Object>> split,
            Map<String, Object> decoder,
            Map<String, Object> model) {
        return map(
                "version",
                "1.0",
                "truncation",
                null,
                "padding",
                null,
                "added_tokens",
                special.values().stream().map(token -> added(token, ids)).toList(),
                "normalizer",
                null,
                "pre_tokenizer",
                map("type", "Sequence", "pretokenizers", split),
                "post_processor",
                null,
                "decoder",
                decoder,
                "model",
                model);
    }

    private static Map<String, Object> added(Object token, Map<String, Integer> ids) {
        return map(
                "id", ids.get(token),
                "content", token,
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", false,
                "special", true);
    }

    private static void write(
            Path directory, Map<String, Object> definition, Map<String, Object> special, Map<String, Object> settings)
            throws IOException {
        Gson gson = new GsonBuilder()
                .serializeNulls()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create();
        Map<String, Object> config = map("tokenizer_class", "PreTrainedTokenizerFast");
        config.putAll(special);
        config.put("clean_up_tokenization_spaces", false);
        config.putAll(settings);
        WholeFile.write(directory.resolve("tokenizer.json"), gson.toJson(definition) + "\n");
        WholeFile.write(directory.resolve("tokenizer_config.json"), gson.toJson(config) + "\n");
        WholeFile.write(directory.resolve("special_tokens_map.json"), gson.toJson(special) + "\n");
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
