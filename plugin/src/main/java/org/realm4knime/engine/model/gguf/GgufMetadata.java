package org.realm4knime.engine.model.gguf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a GGUF file says of its model: values by key, in order. Values are {@link Integer} (written as uint32),
 * {@link Float}, {@link Boolean}, {@link String}, and lists of strings, of integers (written as int32) or of floats.
 */
final class GgufMetadata {

    private final Map<String, Object> values = new LinkedHashMap<>();

    GgufMetadata put(String key, int value) {
        values.put(key, value);
        return this;
    }

    GgufMetadata put(String key, float value) {
        values.put(key, value);
        return this;
    }

    GgufMetadata put(String key, boolean value) {
        values.put(key, value);
        return this;
    }

    GgufMetadata put(String key, String value) {
        values.put(key, value);
        return this;
    }

    GgufMetadata putTexts(String key, List<String> value) {
        values.put(key, value);
        return this;
    }

    GgufMetadata putIntegers(String key, List<Integer> value) {
        values.put(key, value);
        return this;
    }

    GgufMetadata putFloats(String key, List<Float> value) {
        values.put(key, value);
        return this;
    }

    /** All values by key. */
    Map<String, Object> values() {
        return values;
    }

    Optional<Integer> integer(String key) {
        return value(key, Integer.class);
    }

    Optional<Float> number(String key) {
        return value(key, Float.class);
    }

    Optional<Boolean> flag(String key) {
        return value(key, Boolean.class);
    }

    Optional<String> text(String key) {
        return value(key, String.class);
    }

    List<String> texts(String key) {
        return list(key, String.class);
    }

    List<Integer> integers(String key) {
        return list(key, Integer.class);
    }

    List<Float> floats(String key) {
        return list(key, Float.class);
    }

    private <T> Optional<T> value(String key, Class<T> type) {
        return Optional.ofNullable(values.get(key)).filter(type::isInstance).map(type::cast);
    }

    private <T> List<T> list(String key, Class<T> type) {
        return value(key, List.class)
                .map(list -> ((List<?>) list).stream().map(type::cast).toList())
                .orElse(List.of());
    }
}
