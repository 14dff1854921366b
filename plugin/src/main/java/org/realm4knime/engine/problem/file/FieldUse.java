package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.problem.file.FileRecord.Field;

/** Which fields of a file were read, so that long texts that nobody read can be named. */
public final class FieldUse {

    private static final int LONG = 40;
    private static final int WORDS = 5;
    private static final int SHOWN = 60;

    private final Set<String> used = new LinkedHashSet<>();
    private final Map<String, String> unused = new LinkedHashMap<>();

    /** As {@link FileRecord#find}; the field counts as read. */
    public Optional<Field> find(FileRecord record, List<String> names) {
        Optional<Field> found = record.find(names);
        found.ifPresent(this::read);
        return found;
    }

    /** As {@link FileRecord#text}; the field counts as read. */
    public Optional<String> text(FileRecord record, List<String> names) {
        return find(record, names).map(Field::text);
    }

    /** As {@link FileRecord#requiredText}; the field counts as read. */
    public String requiredText(FileRecord record, String what, List<String> names) {
        return text(record, names).orElseThrow(() -> record.missing(what, names));
    }

    /** A field was read. */
    public void read(Field field) {
        used.add(field.top());
    }

    /** A field was read, by its name in the file. */
    public void read(String name) {
        used.add(name);
    }

    /**
     * Looks at what a record has besides what was read of it. A text that is a part of what was read, or that repeats
     * all of it, is no loss.
     *
     * @param parts the texts that were read of the record
     */
    public void lookAtRest(FileRecord record, List<String> parts) {
        for (Map.Entry<String, JsonNode> field : record.json().properties()) {
            if (used.contains(field.getKey()) || unused.containsKey(field.getKey())) {
                continue;
            }
            String text = Values.allTexts(field.getValue()).strip();
            boolean repeats = parts.stream()
                            .flatMap(part -> Stream.of(part.split("\\R+")))
                            .allMatch(text::contains)
                    || parts.stream().anyMatch(part -> part.contains(text));
            if (isLong(text) && !repeats) {
                unused.put(field.getKey(), text);
            }
        }
    }

    private static boolean isLong(String text) {
        return text.length() >= LONG && text.split("\\s+", WORDS + 1).length > WORDS;
    }

    /** Warns of every field with long texts that was read of no record. */
    public void warn(ReadNotes notes) {
        unused.forEach((name, text) -> {
            if (!used.contains(name)) {
                notes.add(("The field '%s' is not read. It holds texts such as: '%s'. Read were %s. If models need the"
                                + " field, join it with the question in one field.")
                        .formatted(
                                name,
                                shown(text),
                                used.stream().map(field -> "'" + field + "'").collect(Collectors.joining(", "))));
            }
        });
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
