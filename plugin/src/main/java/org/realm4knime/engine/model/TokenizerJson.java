package org.realm4knime.engine.model;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the engine needs to know of a tokenizer.json beyond what the tokenizer library tells: ids of tokens, and how
 * many.
 */
final class TokenizerJson {

    /** Far above what any vocabulary has. */
    private static final int MOST_TOKENS = 1 << 26;

    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<Integer> special = new HashSet<>();
    private String unknown;
    private OptionalInt unknownId = OptionalInt.empty();
    private int size;

    /**
     * Reads the vocabulary and the added tokens.
     *
     * @param content content of tokenizer.json
     * @throws IOException if it is not JSON of the expected kind
     */
    TokenizerJson(String content) throws IOException {
        JsonReader json = new JsonReader(new StringReader(content));
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "model" -> readModel(json);
                case "added_tokens" -> readAddedTokens(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
    }

    /** Largest id plus one. */
    int size() {
        return size;
    }

    /** The same without special tokens behind all others, which no text needs: such as that of pictures in Gemma 3. */
    int sizeForText() {
        int needed = size;
        while (special.contains(needed - 1)) {
            needed--;
        }
        return needed;
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether a token is one of those that stand for no text, such as the end of a turn. */
    boolean isSpecial(int id) {
        return special.contains(id);
    }

    /** The token that stands for whatever has none; empty for tokenizers of bytes, which need none. */
    OptionalInt unknown() {
        return unknown == null ? unknownId : id(unknown);
    }

    private void readModel(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals("unk_token") && json.peek() == JsonToken.STRING) {
                unknown = json.nextString();
            } else if (name.equals("unk_id") && json.peek() == JsonToken.NUMBER) {
                unknownId = OptionalInt.of(json.nextInt());
            } else if (!name.equals("vocab")) {
                json.skipValue();
            } else if (json.peek() == JsonToken.BEGIN_ARRAY) {
                readUnigramVocabulary(json);
            } else {
                json.beginObject();
                while (json.hasNext()) {
                    put(json.nextName(), json.nextInt());
                }
                json.endObject();
            }
        }
        json.endObject();
    }

    /** Pairs of token and score, in the order of their ids. */
    private void readUnigramVocabulary(JsonReader json) throws IOException {
        json.beginArray();
        for (int id = 0; json.hasNext(); id++) {
            json.beginArray();
            put(json.nextString(), id);
            json.skipValue();
            json.endArray();
        }
        json.endArray();
    }

    private void readAddedTokens(JsonReader json) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            int id = -1;
            String content = null;
            boolean isSpecial = false;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "id" -> id = json.nextInt();
                    case "content" -> content = json.nextString();
                    case "special" -> isSpecial = json.nextBoolean();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            put(content, id);
            if (isSpecial) {
                special.add(id);
            }
        }
        json.endArray();
    }

    private void put(String token, int id) {
        if (id < 0 || id > MOST_TOKENS) {
            throw new IllegalStateException("a token with the id " + id);
        }
        ids.put(token, id);
        size = Math.max(size, id + 1);
    }
}
