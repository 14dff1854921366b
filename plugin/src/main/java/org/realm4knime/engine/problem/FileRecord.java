package org.realm4knime.engine.problem;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;

/**
 * One record of a data file, whose errors say where it stands.
 *
 * @param file the file
 * @param line number of the line it begins on, from 1
 * @param json its fields; those of a CSV file are texts
 */
public record FileRecord(Path file, long line, JsonObject json) {

    /**
     * The first of several fields that the record has, as text. The values of a list are joined by semicolons.
     *
     * @param names names to look for, in order; case is ignored, and a dot leads into a nested object
     * @return its text, or empty if the record has none of them, or only null or blank ones
     */
    public Optional<String> text(List<String> names) {
        return names.stream()
                .flatMap(name -> field(name).stream())
                .flatMap(FileRecord::plainText)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /**
     * As {@link #text}, but the record must have it.
     *
     * @param what what is looked for, for the message
     * @param names names to look for, in order
     * @throws EngineException naming file, line and what the record has instead
     */
    public String requiredText(String what, List<String> names) {
        return text(names)
                .orElseThrow(() -> error("there is no %s. Expected the field %s; the record has %s."
                        .formatted(what, String.join(" or ", names), String.join(", ", json.keySet()))));
    }

    /**
     * A number, if the record has it.
     *
     * @throws EngineException if the field is no number
     */
    public Optional<Double> number(List<String> names) {
        return text(names).map(text -> {
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException e) {
                throw error("%s is '%s', which is no number.".formatted(names.get(0), text));
            }
        });
    }

    /** Whether the first of these fields that the record has is written as a number, without quotes. */
    boolean holdsNumber(List<String> names) {
        return names.stream()
                .flatMap(name -> field(name).stream())
                .filter(value -> plainText(value).anyMatch(text -> !text.isBlank()))
                .findFirst()
                .filter(value ->
                        value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber())
                .isPresent();
    }

    private static Stream<String> plainText(JsonElement value) {
        if (value.isJsonPrimitive()) {
            return Stream.of(value.getAsString());
        }
        boolean list =
                value.isJsonArray() && value.getAsJsonArray().asList().stream().allMatch(JsonElement::isJsonPrimitive);
        return list
                ? Stream.of(value.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining("; ")))
                : Stream.empty();
    }

    /** The field of a name, ignoring case; a dot leads into a nested object. */
    Optional<JsonElement> field(String name) {
        Optional<JsonElement> whole = member(json, name);
        int dot = name.indexOf('.');
        if (whole.isPresent() || dot < 0) {
            return whole;
        }
        return member(json, name.substring(0, dot))
                .filter(JsonElement::isJsonObject)
                .flatMap(outer -> new FileRecord(file, line, outer.getAsJsonObject()).field(name.substring(dot + 1)));
    }

    Optional<JsonArray> array(String name) {
        return field(name).filter(JsonElement::isJsonArray).map(JsonElement::getAsJsonArray);
    }

    private static Optional<JsonElement> member(JsonObject object, String name) {
        return object.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** An error that begins with file and line. */
    public EngineException error(String message) {
        return new EngineException("%s, line %d: %s".formatted(file, line, message));
    }
}
