package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.realm4knime.engine.EngineException;

/**
 * One record of a data file, whose errors say where it stands.
 *
 * @param file the file
 * @param unit what its number counts: {@code line}, or {@code record} where lines say nothing
 * @param number number of the line it begins on, or of the record, from 1
 * @param json its fields; those of a CSV file are texts
 */
public record FileRecord(Path file, String unit, long number, ObjectNode json) {

    /** A record that begins on a line. */
    FileRecord(Path file, long line, ObjectNode json) {
        this(file, "line", line, json);
    }

    /** A field that was found. */
    public record Field(String name, JsonNode value) {

        /** Its text; empty if it is missing. */
        public String text() {
            return Values.text(value);
        }

        /** The field at the top of the record that holds it. */
        public String top() {
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }
    }

    /**
     * The first of several fields that the record has with a value.
     *
     * @param names names to look for, in order; case, spaces, hyphens and underscores are ignored, and a dot leads into
     *     a nested object
     * @return the field, under the name that it has in the file; empty if the record has none of them, or only missing
     *     or blank ones
     */
    public Optional<Field> find(List<String> names) {
        return names.stream()
                .flatMap(name -> named(name).stream())
                .filter(field -> !field.text().isBlank())
                .findFirst();
    }

    /**
     * The first of several fields that the record has, as text. The values of a list are joined by semicolons.
     *
     * @param names names to look for, as {@link #find} takes them
     */
    public Optional<String> text(List<String> names) {
        return find(names).map(Field::text);
    }

    /**
     * As {@link #text}, but the record must have it.
     *
     * @param what what is looked for, for the message
     * @throws EngineException naming file, line and what the record has instead
     */
    public String requiredText(String what, List<String> names) {
        return text(names).orElseThrow(() -> missing(what, names));
    }

    /**
     * The error for a field that the record lacks: what it has, what is understood, and the way out.
     *
     * @param what what was looked for
     * @param names the names that are understood
     */
    public EngineException missing(String what, List<String> names) {
        return error(("there is no %s. Expected the field %s; the record has %s. Rename the field that holds the %s, or"
                                + " read the file with a reader of KNIME's own, such as the CSV Reader or"
                                + " JSON Reader, and choose the column in the nodes that take the table.")
                        .formatted(what, String.join(" or ", names), description(), what)
                + header());
    }

    private String header() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".jsonl")
                ? ""
                : " If the first line of a table is no header, give the table one.";
    }

    /** Names of the fields, with what is unusual about their values. */
    private String description() {
        return json.properties().stream()
                .map(field -> field.getKey() + Values.kind(field.getValue()))
                .collect(Collectors.joining(", "));
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

    /** The value of a field, also a missing one; names as {@link #find} takes them. */
    public Optional<JsonNode> field(String name) {
        return named(name).map(Field::value);
    }

    /**
     * A field by its name, as {@link #find} takes it, also with a missing value; under the name that it has in the
     * file.
     */
    public Optional<Field> named(String name) {
        Optional<Field> whole = member(name);
        int dot = name.indexOf('.');
        if (whole.isPresent() || dot < 0) {
            return whole;
        }
        return member(name.substring(0, dot))
                .filter(outer -> outer.value().isObject())
                .flatMap(outer -> new FileRecord(file, unit, number, (ObjectNode) outer.value())
                        .named(name.substring(dot + 1))
                        .map(inner -> new Field(outer.name() + "." + inner.name(), inner.value())));
    }

    private Optional<Field> member(String name) {
        JsonNode exact = json.get(name);
        if (exact != null) {
            return Optional.of(new Field(name, exact));
        }
        List<Field> alike = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (Values.sameName(entry.getKey(), name)) {
                alike.add(new Field(entry.getKey(), entry.getValue()));
            }
        }
        boolean differ = alike.stream()
                        .map(Field::text)
                        .filter(text -> !text.isBlank())
                        .distinct()
                        .count()
                > 1;
        if (differ) {
            throw error(
                    "the fields %s are one name in different spellings, with different values. Rename or remove one."
                            .formatted(alike.stream().map(Field::name).collect(Collectors.joining(" and "))));
        }
        return alike.stream()
                .filter(field -> !field.text().isBlank())
                .findFirst()
                .or(() -> alike.stream().findFirst());
    }

    /** Where the record stands, as a message has it. */
    public String place() {
        return unit + " " + number;
    }

    /** An error that begins with file and line. */
    public EngineException error(String message) {
        return new EngineException("%s, %s: %s".formatted(file, place(), message));
    }
}
