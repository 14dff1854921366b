package org.realm4knime.engine.model.gguf;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * A tokenizer as GGUF metadata. Two kinds can be expressed: byte pairs over bytes ({@code gpt2}, with a rule that
 * llama.cpp knows for cutting the text), and byte pairs over characters with bytes for the rest, which sentencepiece
 * makes ({@code llama}). Tokenizers of whole words, of unigrams, and with other rules are refused: llama.cpp would cut
 * texts into other tokens than the model was trained on.
 *
 * <p>The normalisation NFC, which the tokenizers of Qwen have, is left out, as it is in llama.cpp's own converter:
 * texts with letters and accents apart, which are rare, are cut differently there.
 */
final class GgufVocabulary {

    static final String PREFIX = "tokenizer.ggml.";
    static final String MODEL = PREFIX + "model";
    static final String RULE = PREFIX + "pre";
    static final String TOKENS = PREFIX + "tokens";
    static final String TYPES = PREFIX + "token_type";
    static final String SCORES = PREFIX + "scores";
    static final String MERGES = PREFIX + "merges";
    static final String BOS = PREFIX + "bos_token_id";
    static final String ADD_BOS = PREFIX + "add_bos_token";
    static final String SPACE_BEFORE = PREFIX + "add_space_prefix";
    static final String SPACE = "▁";
    static final String OF_BYTES = "gpt2";
    static final String OF_CHARACTERS = "llama";

    private static final String WAY_OUT = " Write the model in the Hugging Face layout.";
    private static final String BYTE = "<0x%02X>";
    private static final int BYTES = 256;

    private final JsonObject definition;
    private final JsonObject model;
    private final List<String> tokens;
    private final List<Integer> types;
    private final Map<String, Integer> ids = new HashMap<>();

    /**
     * Reads a tokenizer.
     *
     * @param size number of rows of the model's embedding
     */
    GgufVocabulary(TextTokenizer tokenizer, int size) {
        definition = JsonParser.parseString(tokenizer.definition()).getAsJsonObject();
        model = definition.getAsJsonObject("model");
        tokens = new ArrayList<>(Collections.nCopies(size, ""));
        types = new ArrayList<>(Collections.nCopies(size, TokenKind.UNUSED.id()));
        requirePairs();
        model.getAsJsonObject("vocab").entrySet().forEach(e -> put(e.getKey(), e.getValue(), TokenKind.NORMAL));
        if (isOn(model, "byte_fallback")) {
            markBytes();
        }
        JsonElement added = definition.get("added_tokens");
        if (added != null && added.isJsonArray()) {
            added.getAsJsonArray().forEach(token -> addToken(token.getAsJsonObject()));
        }
        for (int id = 0; id < size; id++) {
            if (tokens.get(id).isEmpty()) {
                tokens.set(id, "[PAD" + id + "]"); // as llama.cpp's converter calls them
            }
        }
    }

    /** The tokens by id. */
    List<String> tokens() {
        return tokens;
    }

    Optional<Integer> id(String token) {
        return Optional.ofNullable(ids.get(token));
    }

    /** Says how texts become tokens. */
    void describe(GgufMetadata metadata) {
        if (isOn(model, "byte_fallback")) {
            metadata.put(MODEL, OF_CHARACTERS)
                    .put(RULE, "default")
                    .put(SPACE_BEFORE, hasSpaceBefore())
                    .putFloats(SCORES, scores());
            unknown().ifPresent(id -> metadata.put(PREFIX + "unknown_token_id", id));
        } else {
            metadata.put(MODEL, OF_BYTES).put(RULE, rule().label()).putTexts(MERGES, merges());
        }
        metadata.putTexts(TOKENS, tokens).putIntegers(TYPES, types);
    }

    private void requirePairs() {
        String type = model.has("type") ? model.get("type").getAsString() : "BPE";
        if (type.equals("WordLevel")) {
            throw refused("knows whole words, and llama.cpp has no such tokenizer. For a new model choose byte pairs"
                    + " (BPE) as the tokenizer in the Language Model Reader.");
        }
        if (!type.equals("BPE")) {
            throw refused("is of the kind " + type + ", and only byte pairs (BPE) can be written to GGUF." + WAY_OUT);
        }
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            if (model.has(affix)
                    && !model.get(affix).isJsonNull()
                    && !model.get(affix).getAsString().isEmpty()) {
                throw refused("has the option " + affix + ", which GGUF has not." + WAY_OUT);
            }
        }
    }

    private void put(String token, JsonElement id, TokenKind kind) {
        tokens.set(id.getAsInt(), token);
        types.set(id.getAsInt(), kind.id());
        ids.put(token, id.getAsInt());
    }

    private void markBytes() {
        for (int b = 0; b < BYTES; b++) {
            Integer id = ids.get(BYTE.formatted(b));
            if (id == null) {
                throw refused("has no token " + BYTE.formatted(b) + " although it falls back to bytes." + WAY_OUT);
            }
            types.set(id, TokenKind.BYTE.id());
        }
    }

    private void addToken(JsonObject token) {
        String content = token.get("content").getAsString();
        for (String option : List.of("lstrip", "rstrip", "single_word")) {
            if (isOn(token, option)) {
                throw refused("has the added token " + content + " with the option " + option
                        + ", which GGUF cannot express." + WAY_OUT);
            }
        }
        boolean unknown = content.equals(text(model.get("unk_token")));
        TokenKind marked = unknown && isOn(model, "byte_fallback") ? TokenKind.UNKNOWN : TokenKind.CONTROL;
        put(content, token.get("id"), isOn(token, "special") ? marked : TokenKind.USER_DEFINED);
    }

    private CutRule rule() {
        String normalizer = types(definition.get("normalizer"));
        if (!normalizer.isEmpty() && !normalizer.equals("NFC")) {
            throw refused(
                    "changes texts before it cuts them (" + normalizer + "), which llama.cpp would not do." + WAY_OUT);
        }
        return CutRule.of(definition.get("pre_tokenizer"), isOn(model, "ignore_merges"))
                .orElseThrow(() -> refused("cuts texts by a rule that llama.cpp does not have"
                        + " (pre_tokenizer in tokenizer.json), so it would read other tokens than the model was trained"
                        + " on." + WAY_OUT));
    }

    /**
     * Spaces become a character of their own. Whether one comes before the text too, also behind special tokens, as in
     * Llama 2 and not in Gemma.
     */
    private boolean hasSpaceBefore() {
        String normalizer = types(definition.get("normalizer"));
        String before = types(definition.get("pre_tokenizer"));
        // Gemma's cuts at spaces, of which the normalizer has left none
        boolean none = normalizer.equals("Replace") && (before.isEmpty() || before.equals("Split") && cutsAtSpaces());
        boolean old = normalizer.equals("Prepend Replace") && before.isEmpty();
        boolean now = normalizer.isEmpty()
                && before.equals("Metaspace")
                && !isOn(definition.getAsJsonObject("pre_tokenizer"), "split")
                && "always"
                        .equals(text(definition.getAsJsonObject("pre_tokenizer").get("prepend_scheme")));
        if (!none && !old && !now || isOn(model, "ignore_merges")) {
            throw refused("treats spaces in another way than llama.cpp would (normalizer and pre_tokenizer in"
                    + " tokenizer.json)." + WAY_OUT);
        }
        return !none;
    }

    private boolean cutsAtSpaces() {
        JsonObject pattern = definition.getAsJsonObject("pre_tokenizer").getAsJsonObject("pattern");
        return pattern.has("String") && pattern.get("String").getAsString().equals(" ");
    }

    private List<String> merges() {
        JsonArray merges = model.getAsJsonArray("merges");
        return StreamSupport.stream(merges.spliterator(), false)
                .map(pair -> pair.isJsonArray()
                        ? pair.getAsJsonArray().get(0).getAsString() + " "
                                + pair.getAsJsonArray().get(1).getAsString()
                        : pair.getAsString())
                .toList();
    }

    /**
     * llama.cpp merges the neighbours whose union has the highest score, so the earlier a pair is to be merged the
     * higher the score of what it becomes.
     */
    private List<Float> scores() {
        List<Float> scores = new ArrayList<>(Collections.nCopies(tokens.size(), 0f));
        List<String> merges = merges();
        for (int rank = merges.size() - 1; rank >= 0; rank--) {
            int between = merges.get(rank).indexOf(' ', 1);
            String pair = merges.get(rank);
            Integer id = ids.get(pair.substring(0, between) + pair.substring(between + 1));
            if (id != null) {
                scores.set(id, (float) -rank);
            }
        }
        return scores;
    }

    private Optional<Integer> unknown() {
        return Optional.ofNullable(text(model.get("unk_token"))).flatMap(this::id);
    }

    /** The kinds of a part of the definition, those within a sequence one after the other. */
    private static String types(@Nullable JsonElement part) {
        if (part == null || !part.isJsonObject()) {
            return "";
        }
        JsonObject object = part.getAsJsonObject();
        String type = object.get("type").getAsString();
        if (!type.equals("Sequence")) {
            return type;
        }
        JsonElement inner = object.has("normalizers") ? object.get("normalizers") : object.get("pretokenizers");
        return String.join(
                " ",
                inner.getAsJsonArray().asList().stream()
                        .map(GgufVocabulary::types)
                        .toList());
    }

    private static @Nullable String text(@Nullable JsonElement element) {
        return element == null || element.isJsonNull() ? null : element.getAsString();
    }

    private static boolean isOn(JsonObject part, String key) {
        return part.has(key) && part.get(key).isJsonPrimitive() && part.get(key).getAsBoolean();
    }

    private static EngineException refused(String reason) {
        return new EngineException("The model cannot be written as GGUF: its tokenizer " + reason);
    }
}
