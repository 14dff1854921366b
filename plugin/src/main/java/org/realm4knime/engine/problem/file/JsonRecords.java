package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/**
 * Reads the records of a JSON file: an object a line, objects over several lines, a list of objects, or an object that
 * holds a list of them. Nothing but the records is kept in memory.
 */
final class JsonRecords {

    /** A key that stands twice in an object is an error; NaN, which Python writes, is a value. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final ObjectReader WHOLE = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** How the library begins its message of a key that stands twice. */
    private static final String TWICE = "Duplicate field ";

    private static final String PYTHON =
            " This looks like a value that Python printed: write the file with json.dumps instead.";

    private final Path file;
    private final List<FileRecord> records = new ArrayList<>();

    private JsonRecords(Path file) {
        this.file = file;
    }

    static List<FileRecord> read(Path file, BufferedReader reader, Progress progress) throws IOException {
        JsonRecords json = new JsonRecords(file);
        String first = reader.readLine();
        long line = 1;
        while (first != null && first.isBlank()) {
            first = reader.readLine();
            line++;
        }
        if (first != null && isObject(first)) {
            json.lines(first, line, reader);
        } else if (first != null) {
            try (BufferedReader again = TextFile.open(file, progress)) {
                json.document(again);
            }
        }
        return json.records;
    }

    private static boolean isObject(String line) {
        try {
            return WHOLE.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return line.strip().startsWith("{") && line.strip().endsWith("}");
        }
    }

    private void lines(String first, long number, BufferedReader reader) throws IOException {
        String line = first;
        for (long i = number; line != null; i++) {
            if (!line.isBlank()) {
                records.add(new FileRecord(file, i, object(i, line)));
            }
            line = reader.readLine();
        }
        if (records.size() == 1) {
            FileRecord only = records.remove(0);
            JsonDocument.records(only).forEach(records::add);
        }
    }

    private ObjectNode object(long line, String text) {
        String cause;
        try {
            JsonNode value = WHOLE.readTree(text);
            if (value instanceof ObjectNode object) {
                return object;
            }
            cause = "it begins with '" + text.strip().charAt(0) + "'";
        } catch (JsonProcessingException e) {
            cause = cause(e);
        }
        throw new EngineException("%s, line %d: this line is no JSON object (%s). Correct or remove the line.%s"
                .formatted(file, line, cause, hint(text)));
    }

    private void document(BufferedReader reader) throws IOException {
        try (JsonParser parser = MAPPER.createParser(reader)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                list(parser);
            } else if (token == JsonToken.START_OBJECT) {
                objects(parser);
            } else {
                throw noObjects(1, "it begins with " + token);
            }
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw noObjects(line, cause(e));
        }
    }

    private void list(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long line = parser.currentTokenLocation().getLineNr();
            JsonNode value = MAPPER.readTree(parser);
            records.add(new FileRecord(
                    file,
                    line,
                    JsonDocument.asRecord(value)
                            .orElseThrow(() ->
                                    noObjects(line, "the list holds a value that is no object: " + brief(value)))));
        }
        if (parser.nextToken() != null) {
            throw noObjects(parser.currentTokenLocation().getLineNr(), "something stands behind the end of the list");
        }
    }

    private void objects(JsonParser parser) throws IOException {
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            long line = parser.currentTokenLocation().getLineNr();
            JsonNode value = MAPPER.readTree(parser);
            if (!(value instanceof ObjectNode object)) {
                throw noObjects(line, "between the objects stands " + brief(value));
            }
            records.add(new FileRecord(file, line, object));
        }
        if (records.size() == 1) {
            FileRecord only = records.remove(0);
            JsonDocument.records(only).forEach(records::add);
        }
    }

    private EngineException noObjects(long line, String cause) {
        return new EngineException(
                ("%s, line %d: here is no JSON object (%s). A file holds an object a line (JSON Lines), a list of"
                                + " objects, or an object with one list of objects. Correct it, or if it is a"
                                + " table, name it .csv or choose the format CSV.%s")
                        .formatted(file, line, cause, hint(cause)));
    }

    private static String cause(JsonProcessingException e) {
        if (e instanceof MismatchedInputException) {
            return "something stands behind its end";
        }
        if (e.getOriginalMessage().startsWith(TWICE)) {
            return e.getOriginalMessage().substring(TWICE.length()) + " stands twice in one object";
        }
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    private static String brief(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String hint(String text) {
        if (text.contains("',' (code 44)") || text.strip().endsWith("},")) {
            return " In JSON Lines no comma stands between the lines.";
        }
        boolean python = text.strip().startsWith("{'")
                || text.contains("''' (code 39)")
                || text.matches("(?s).*(?:'|\\b)(?:None|True|False)\\b.*");
        return python ? PYTHON : "";
    }
}
