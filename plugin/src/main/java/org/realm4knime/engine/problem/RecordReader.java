package org.realm4knime.engine.problem;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.realm4knime.engine.EngineException;

/** Reads the records of JSON lines and CSV files. */
public final class RecordReader {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String DELIMITERS = ",;\t";

    private RecordReader() {}

    /**
     * Reads a file by its name: {@code .csv} and {@code .tsv} as a table with a header, anything else as JSON lines.
     *
     * @param file the file, UTF-8, with or without a byte order mark
     * @return its records, at least one
     * @throws EngineException naming the file, and the line where it is known, if it cannot be read or is empty
     */
    public static List<FileRecord> read(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv") ? readCsv(file) : readJsonLines(file);
    }

    static List<FileRecord> readJsonLines(Path file) {
        List<String> lines = content(file).lines().toList();
        List<FileRecord> records = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                records.add(new FileRecord(file, i + 1L, jsonObject(file, i + 1L, lines.get(i))));
            }
        }
        return notEmpty(file, records);
    }

    private static JsonObject jsonObject(Path file, long line, String text) {
        String cause;
        try {
            JsonElement element = JsonParser.parseString(text);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
            cause = "it begins with '" + text.strip().charAt(0) + "'";
        } catch (JsonParseException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            cause = reason.getMessage().lines().findFirst().orElse("");
        }
        throw new EngineException("%s, line %d: this line is no JSON object (%s). Correct or remove the line."
                .formatted(file, line, cause));
    }

    static List<FileRecord> readCsv(Path file) {
        String content = content(file);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(content))
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        List<FileRecord> records = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(content), format)) {
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                records.add(new FileRecord(file, line, fields(file, line, row, parser.getHeaderNames())));
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new EngineException("%s is no readable table: %s".formatted(file, e.getMessage()), e);
        }
        return notEmpty(file, records);
    }

    private static JsonObject fields(Path file, long line, CSVRecord row, List<String> header) {
        if (row.size() > header.size()) {
            throw new EngineException(
                    "%s, line %d: the row has %d values, but the header has %d columns. Put values that contain the separator in quotes."
                            .formatted(file, line, row.size(), header.size()));
        }
        JsonObject fields = new JsonObject();
        for (int i = 0; i < row.size(); i++) {
            fields.addProperty(header.get(i).strip(), row.get(i));
        }
        return fields;
    }

    /** The separator that stands most often in the header. */
    private static String delimiter(String content) {
        String header = content.lines().findFirst().orElse("");
        return DELIMITERS
                .chars()
                .boxed()
                .max(Comparator.comparing(
                        d -> header.chars().filter(c -> c == d).count()))
                .filter(d -> header.indexOf(d) >= 0)
                .map(Character::toString)
                .orElse(",");
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new EngineException(file + (Files.isDirectory(file) ? " is a folder" : " does not exist")
                    + ". Check the path to the file.");
        }
        try {
            String content = Files.readString(file);
            return content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
        } catch (CharacterCodingException e) {
            throw new EngineException(file + " is not encoded in UTF-8. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new EngineException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<FileRecord> notEmpty(Path file, List<FileRecord> records) {
        if (records.isEmpty()) {
            throw new EngineException(file + " holds no records.");
        }
        return records;
    }

    /** The names to look for: the given one, or else the usual ones. */
    static List<String> names(String given, String... usual) {
        return given == null || given.isBlank() ? Stream.of(usual).toList() : List.of(given);
    }
}
