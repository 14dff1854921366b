package org.realm4knime.engine.problem.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.realm4knime.engine.EngineException;

/** Reads the rows of a table with a header: what pandas, Excel and spreadsheets write. */
final class CsvRecords {

    private static final int SAMPLE = 1 << 16;
    private static final int SAMPLE_ROWS = 50;
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final Pattern EXCEL_DELIMITER =
            Pattern.compile("\\s*\"?sep=(.)\"?\\r?\\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern INDEX = Pattern.compile("\\d*(?:\\.0)?");
    private static final Pattern UNNAMED = Pattern.compile("(?i)unnamed: \\d+(_level_\\d+)?");

    private record Column(int index, String name) {}

    private final Path file;
    private final ReadNotes notes;
    private final long firstLine;
    private List<Column> columns;
    private List<Integer> nameless;

    private CsvRecords(Path file, ReadNotes notes, long firstLine) {
        this.file = file;
        this.notes = notes;
        this.firstLine = firstLine;
    }

    static List<FileRecord> read(Path file, BufferedReader reader, ReadNotes notes) throws IOException {
        String start = RecordReader.peek(reader, SAMPLE);
        Matcher excel = EXCEL_DELIMITER.matcher(start);
        if (excel.lookingAt()) {
            reader.readLine();
            return new CsvRecords(file, notes, 2).rows(reader, excel.group(1).charAt(0));
        }
        return new CsvRecords(file, notes, 1).rows(reader, delimiter(start));
    }

    private static CSVFormat format(char delimiter) {
        // empty lines are left out by us: the parser's own way loses count of them
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
    }

    /** The separator that gives the first rows one width; of several such, the one that gives most columns. */
    private static char delimiter(String start) {
        return DELIMITERS.stream()
                .max(Comparator.comparingDouble(delimiter -> evenness(start, delimiter)))
                .filter(delimiter -> evenness(start, delimiter) > 0)
                .orElse(',');
    }

    private static double evenness(String start, char delimiter) {
        List<CSVRecord> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(start), format(delimiter))) {
            for (CSVRecord row : parser) {
                if (!isBlank(row)) {
                    rows.add(row);
                }
                if (rows.size() == SAMPLE_ROWS) {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // the sample may end within a quoted value: the rows before it tell enough
        }
        if (rows.isEmpty() || rows.get(0).size() < 2) {
            return 0;
        }
        int width = rows.get(0).size();
        long even = rows.stream().filter(row -> row.size() == width).count();
        return (double) even / rows.size() + width / 10_000.0;
    }

    private List<FileRecord> rows(BufferedReader reader, char delimiter) throws IOException {
        List<FileRecord> records = new ArrayList<>();
        long line = firstLine;
        try (CSVParser parser = CSVParser.parse(reader, format(delimiter))) {
            for (CSVRecord row : parser) {
                if (columns == null && !isBlank(row)) {
                    header(row, delimiter);
                } else if (!isBlank(row)) {
                    records.add(new FileRecord(file, line, fields(line, row)));
                }
                line = firstLine + parser.getCurrentLineNumber();
            }
        } catch (CharacterCodingException e) {
            throw e;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw broken(line, e);
        }
        return records;
    }

    private static boolean isBlank(CSVRecord row) {
        return row.stream().allMatch(String::isBlank);
    }

    private RuntimeException broken(long line, Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof CharacterCodingException || cause instanceof AskingStream.CanceledException) {
            return new UncheckedIOException((IOException) cause);
        }
        return new EngineException(
                ("%s, line %d: the row that begins here is no row of a table (%s). A value with the separator, a"
                                + " line break or a quotation mark in it stands in quotation marks, and a quotation"
                                + " mark inside them is written twice.")
                        .formatted(file, line, cause.getMessage()),
                e);
    }

    private void header(CSVRecord row, char delimiter) {
        columns = new ArrayList<>();
        nameless = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String name = row.get(i).strip();
            if (name.isEmpty() || UNNAMED.matcher(name).matches()) {
                nameless.add(i);
                continue;
            }
            Optional<Column> same = sameName(name);
            if (same.isPresent()) {
                throw new EngineException(
                        ("%s: the columns %d and %d are both called '%s'. Rename one of them, or take it out, so"
                                        + " that it is clear which is meant.")
                                .formatted(file, same.get().index() + 1, i + 1, name));
            }
            columns.add(new Column(i, name));
        }
        if (columns.isEmpty()) {
            throw new EngineException(
                    ("%s: the first row names no columns (separator '%s'). Give the table a header such as:"
                                    + " question,answer")
                            .formatted(file, delimiter));
        }
    }

    private Optional<Column> sameName(String name) {
        return columns.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private ObjectNode fields(long line, CSVRecord row) {
        int width = columns.size() + nameless.size();
        for (int i = width; i < row.size(); i++) {
            if (!row.get(i).isBlank()) {
                throw new EngineException(
                        ("%s, line %d: the row has %d values, but the header has %d columns. Put values that"
                                        + " contain the separator in quotes.")
                                .formatted(file, line, row.size(), width));
            }
        }
        for (int i : nameless) {
            if (i < row.size() && !INDEX.matcher(row.get(i).strip()).matches()) {
                notes.add("Column " + (i + 1) + " has no name in the header; its values are not read. Give it a name if"
                        + " they matter.");
            }
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (Column column : columns) {
            if (column.index() < row.size()) {
                fields.put(column.name(), value(line, column, row.get(column.index())));
            }
        }
        return fields;
    }

    /** A space before a quotation mark makes it a part of the value, which nobody means. */
    private String value(long line, Column column, String value) {
        if (value.startsWith(" \"") && value.stripTrailing().endsWith("\"")) {
            throw new EngineException(
                    "%s, line %d: the value of column '%s' has a space before its quotation mark. Take the space out."
                            .formatted(file, line, column.name()));
        }
        return value;
    }
}
