package org.realm4knime.engine.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.realm4knime.engine.problem.file.FieldUse;
import org.realm4knime.engine.problem.file.FileRecord;
import org.realm4knime.engine.problem.file.FileRecord.Field;
import org.realm4knime.engine.problem.file.Values;

/**
 * What a record asks: its question, with the fields that belong to it. A question alone is not the task where a
 * passage, an instruction or the body of the exercise stands in a field of its own.
 */
public final class QuestionText {

    /** Names of the field with the question, the surest first. */
    public static final List<String> NAMES = List.of(
            "question",
            "question.stem",
            "question stem",
            "sQuestion",
            "problem",
            "problem statement",
            "query",
            "ctx",
            "goal",
            "sentence",
            "startphrase",
            "prompt",
            "instruction",
            "input",
            "claim",
            "hypothesis");

    /** The usual of the names, for messages. */
    public static final List<String> UNDERSTOOD =
            List.of("question", "problem", "query", "prompt", "instruction", "input", "messages");

    /** The exercise's own text, of which the question is the last sentence. */
    private static final List<String> BODY = List.of("body");

    private static final List<String> SYSTEM = List.of("system", "system prompt");
    private static final List<String> INSTRUCTION = List.of("instruction", "instructions");
    private static final List<String> INPUT = List.of("input", "instruction input");
    private static final List<String> BEFORE = List.of(
            "passage",
            "context",
            "context.contexts",
            "article",
            "paragraph",
            "story",
            "background",
            "premise",
            "table",
            "document");

    private final List<String> names;
    private final boolean joined;
    private final FieldUse use;

    /**
     * Questions of a file.
     *
     * @param given the field with the question, which is then read alone; {@code null} to find it, and what belongs to
     *     it
     * @param use notes which fields are read
     */
    public QuestionText(String given, FieldUse use) {
        joined = given == null || given.isBlank();
        names = joined ? NAMES : List.of(given);
        this.use = use;
    }

    /** The question of a record, if it has one. */
    public Optional<String> of(FileRecord record) {
        return use.find(record, names).map(field -> joined ? joined(record, field) : field.text());
    }

    /** The error for a record without a question. */
    public RuntimeException missing(FileRecord record) {
        return record.missing("question", joined ? UNDERSTOOD : names);
    }

    private String joined(FileRecord record, Field main) {
        String question = main.text();
        Optional<String> body = another(record, BODY, main, question);
        if (body.isPresent()) {
            question = body.get().strip() + " " + question.strip();
        }
        Optional<String> input = isTask(main) ? another(record, INPUT, main, question) : Optional.empty();
        if (input.isPresent()) {
            question = question.strip() + "\n\n" + input.get().strip();
        }
        List<String> parts = new ArrayList<>();
        for (List<String> kind : List.of(SYSTEM, INSTRUCTION)) {
            another(record, kind, main, question).ifPresent(parts::add);
        }
        for (String name : BEFORE) {
            another(record, List.of(name), main, question).ifPresent(parts::add);
        }
        if (parts.isEmpty()) {
            return question;
        }
        parts.add(question);
        return parts.stream().map(String::strip).collect(Collectors.joining("\n\n"));
    }

    private static boolean isTask(Field main) {
        return Values.sameName(main.name(), "instruction") || Values.sameName(main.name(), "prompt");
    }

    /** The text of another field, unless one of the two repeats the other. */
    private Optional<String> another(FileRecord record, List<String> names, Field main, String question) {
        for (String name : names) {
            Optional<JsonNode> value = record.field(name);
            Optional<Field> field = record.find(List.of(name));
            if (value.isEmpty() || field.isEmpty() || field.get().name().equals(main.name())) {
                continue;
            }
            String text = value.get().isArray()
                    ? Values.elements(value.get()).map(Values::text).collect(Collectors.joining("\n"))
                    : field.get().text();
            if (question.contains(text.strip())) {
                use.read(field.get());
            } else if (!text.contains(question.strip())) {
                use.read(field.get());
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }
}
