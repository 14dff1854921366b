package org.realm4knime.engine.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.realm4knime.engine.EngineException;

/**
 * Members of a JSON object of a model's file, read as what they must be. A null counts as missing.
 *
 * @param json the object
 * @param file its file, for messages
 */
record JsonMembers(JsonObject json, Path file) {

    boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    int integer(String key) {
        return whole(key, number(key));
    }

    int integer(String key, int fallback) {
        return whole(key, number(key, fallback));
    }

    private int whole(String key, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new EngineException(
                    "%s: \"%s\" is not a whole number that can be used: %s.".formatted(file, key, value));
        }
        return (int) value;
    }

    double number(String key) {
        if (!has(key)) {
            throw new EngineException("%s: \"%s\" is missing.".formatted(file, key));
        }
        return number(key, 0);
    }

    double number(String key, double fallback) {
        return has(key) ? number(key, json.get(key)) : fallback;
    }

    private double number(String key, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw not("a number", key, value);
        }
        return value.getAsDouble();
    }

    boolean flag(String key, boolean fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonElement value = json.get(key);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw not("true or false", key, value);
        }
        return value.getAsBoolean();
    }

    String text(String key, String fallback) {
        return has(key) ? text(key, json.get(key)) : fallback;
    }

    private String text(String key, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw not("a text", key, value);
        }
        return value.getAsString();
    }

    /** The members of an object; none if it is missing. */
    JsonMembers object(String key) {
        if (!has(key)) {
            return new JsonMembers(new JsonObject(), file);
        }
        if (!json.get(key).isJsonObject()) {
            throw not("a JSON object", key, json.get(key));
        }
        return new JsonMembers(json.getAsJsonObject(key), file);
    }

    /** The numbers of a list; empty if it is missing. */
    Optional<List<Double>> numbers(String key) {
        return list(key)
                .map(list -> list.stream().map(value -> number(key, value)).toList());
    }

    /** The texts of a list; empty if it is missing. */
    Optional<List<String>> texts(String key) {
        return list(key)
                .map(list -> list.stream().map(value -> text(key, value)).toList());
    }

    private Optional<List<JsonElement>> list(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!json.get(key).isJsonArray()) {
            throw not("a list", key, json.get(key));
        }
        return Optional.of(StreamSupport.stream(json.getAsJsonArray(key).spliterator(), false)
                .toList());
    }

    EngineException unsupported(String key, String value, String supported) {
        return new EngineException("%s: %s = %s is not supported, only %s.".formatted(file, key, value, supported));
    }

    private EngineException not(String expected, String key, JsonElement value) {
        return new EngineException(
                "%s: \"%s\" is not %s: %s. Download the file again.".formatted(file, key, expected, value));
    }
}
