package org.realm4knime.engine.model;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What the engine needs to know of a tokenizer.json beyond what the tokenizer library tells: ids of tokens, and how many. */
final class TokenizerJson {

    private final Map<String, Integer> ids = new HashMap<>();
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

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private void readModel(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals("vocab")) {
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
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "id" -> id = json.nextInt();
                    case "content" -> content = json.nextString();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            put(content, id);
        }
        json.endArray();
    }

    private void put(String token, int id) {
        ids.put(token, id);
        size = Math.max(size, id + 1);
    }
}
