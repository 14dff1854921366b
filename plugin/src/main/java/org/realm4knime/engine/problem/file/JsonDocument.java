package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The records inside a file's only object: a list of them, or one of the forms in which pandas writes a table. */
final class JsonDocument {

    private static final String ID = "id";
    private static final String TEXT = "text";

    /** Lists of objects that belong to one record. */
    private static final List<String> LISTS_OF_RECORD = List.of(
            "messages",
            "conversations",
            "conversation",
            "turns",
            "prompt",
            "completion",
            "chosen",
            "rejected",
            "input",
            "choices",
            "options",
            "answers",
            "tools");

    /** Fields that a record has and a file's description has not. */
    private static final List<String> FIELDS_OF_RECORD = List.of(
            "question",
            "problem",
            "prompt",
            "instruction",
            "query",
            "input",
            "body",
            "text",
            "completion",
            "rationale");

    private JsonDocument() {}

    /**
     * Takes a file's only object apart.
     *
     * @return the records in it, or the object itself where it is a record
     * @throws org.realm4knime.engine.EngineException if it holds several lists, so that it is not clear which is meant
     */
    static List<FileRecord> records(FileRecord only) {
        ObjectNode object = only.json();
        boolean record = FIELDS_OF_RECORD.stream()
                .anyMatch(name -> only.field(name).filter(JsonNode::isValueNode).isPresent());
        if (record) {
            return List.of(only);
        }
        List<String> lists = lists(object);
        if (lists.contains("rows") && object.get("rows").get(0).path("row").isObject()) {
            return of(only, Values.elements(object.get("rows")).map(element -> element.get("row")));
        }
        if (lists.size() > 1) {
            throw only.error("the object holds several lists: %s. Write the one you mean into a file of its own."
                    .formatted(String.join(", ", lists)));
        }
        if (lists.size() == 1) {
            return of(only, Values.elements(object.get(lists.get(0))));
        }
        if (object.path("columns").isArray() && object.path("data").isArray()) {
            return of(only, Values.elements(object.get("data")).map(row -> row(object.get("columns"), row)));
        }
        if (isColumns(object)) {
            int rows = object.elements().next().size();
            return of(only, IntStream.range(0, rows).mapToObj(row -> row(object, row)));
        }
        if (!object.isEmpty() && Values.elements(object).allMatch(JsonNode::isObject)) {
            return ofObjects(only);
        }
        return List.of(only);
    }

    /** A record; a text alone is a record with the field text. */
    static Optional<ObjectNode> asRecord(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(JsonNodeFactory.instance.objectNode().set(TEXT, value));
        }
        return value instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    private static List<String> lists(ObjectNode object) {
        List<String> all = object.properties().stream()
                .filter(field -> field.getValue().isArray() && !field.getValue().isEmpty())
                .filter(field -> Values.elements(field.getValue()).allMatch(JsonNode::isObject))
                .map(Map.Entry::getKey)
                .toList();
        return all.stream().anyMatch(LISTS_OF_RECORD::contains) ? List.of() : withTexts(object, all);
    }

    /** A list of texts is one of records if it is the only field. */
    private static List<String> withTexts(ObjectNode object, List<String> lists) {
        boolean texts = object.size() == 1
                && !LISTS_OF_RECORD.contains(object.fieldNames().next())
                && object.elements().next().isArray()
                && Values.elements(object.elements().next()).allMatch(JsonNode::isTextual);
        return texts ? List.of(object.fieldNames().next()) : lists;
    }

    /** Lists of one length side by side, as a data set's columns. */
    private static boolean isColumns(ObjectNode object) {
        List<JsonNode> columns = Values.elements(object).toList();
        return columns.size() > 1
                && columns.stream().allMatch(JsonNode::isArray)
                && columns.stream().mapToInt(JsonNode::size).distinct().count() == 1
                && columns.get(0).size() > 0
                && LISTS_OF_RECORD.stream()
                        .noneMatch(name -> object.path(name).path(0).isObject());
    }

    private static ObjectNode row(ObjectNode columns, int index) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        columns.properties()
                .forEach(column -> row.set(column.getKey(), column.getValue().get(index)));
        return row;
    }

    private static ObjectNode row(JsonNode names, JsonNode values) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size() && i < values.size(); i++) {
            row.set(names.get(i).asText(), values.get(i));
        }
        return row;
    }

    /** Objects by name: columns whose values have the row's number, or else records by their id. */
    private static List<FileRecord> ofObjects(FileRecord only) {
        ObjectNode object = only.json();
        boolean columns =
                FIELDS_OF_RECORD.stream().anyMatch(name -> only.field(name).isPresent());
        if (!columns) {
            return of(
                    only,
                    object.properties().stream().map(entry -> withId(entry.getKey(), (ObjectNode) entry.getValue())));
        }
        Set<String> rows = new LinkedHashSet<>();
        object.elements().forEachRemaining(column -> column.fieldNames().forEachRemaining(rows::add));
        return of(only, rows.stream().map(name -> {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(column -> {
                if (column.getValue().has(name)) {
                    row.set(column.getKey(), column.getValue().get(name));
                }
            });
            return row;
        }));
    }

    private static ObjectNode withId(String id, ObjectNode record) {
        if (!record.has(ID)) {
            record.put(ID, id);
        }
        return record;
    }

    private static List<FileRecord> of(FileRecord only, Stream<? extends JsonNode> values) {
        List<FileRecord> records = new ArrayList<>();
        values.forEach(value -> records.add(new FileRecord(
                only.file(),
                "record",
                records.size() + 1L,
                asRecord(value)
                        .orElseThrow(() -> only.error("value %d of its list is no object. Correct or remove it."
                                .formatted(records.size() + 1))))));
        return records;
    }
}
