package org.realm4knime.engine.problem.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** Reads the records of JSON and CSV files. */
public final class RecordReader {

    private static final int LOOK_AHEAD = 1 << 16;

    /** What a file is written in. */
    public enum Form {
        /** By its first sign and its name. */
        GUESS,
        /** JSON: an object a line, a list of objects, or an object with one list. */
        JSON,
        /** A table with a header. */
        CSV
    }

    private RecordReader() {}

    /**
     * Reads a file. What begins with a bracket is JSON; of what does not, {@code .csv}, {@code .tsv}, {@code .tab} and
     * {@code .txt} are tables with a header.
     *
     * @param file the file, UTF-8 or UTF-16, with or without a byte order mark
     * @param form what it is written in
     * @param notes takes what the user is to be told
     * @param progress asked, while it is read, whether to stop
     * @return its records, at least one
     * @throws EngineException naming the file, and the line where it is known, if it cannot be read or is empty
     * @throws CanceledJobException if the user asked to stop
     */
    public static List<FileRecord> read(Path file, Form form, ReadNotes notes, Progress progress)
            throws CanceledJobException {
        List<FileRecord> records = readAny(file, form, notes, progress);
        if (records.isEmpty()) {
            throw new EngineException(file + " holds no records. A file of data has at least one.");
        }
        return records;
    }

    /** As {@link #read}, of a file that may have a header alone, or nothing. */
    public static List<FileRecord> readAny(Path file, Form form, ReadNotes notes, Progress progress)
            throws CanceledJobException {
        try (BufferedReader reader = TextFile.open(file, progress)) {
            return isTable(file, form, reader)
                    ? CsvRecords.read(file, reader, notes)
                    : JsonRecords.read(file, reader, progress);
        } catch (CharacterCodingException e) {
            throw TextFile.undecodable(file, e);
        } catch (UncheckedIOException | IOException e) {
            Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
            if (cause instanceof AskingStream.CanceledException canceled) {
                throw canceled.ofJob();
            }
            if (cause instanceof CharacterCodingException) {
                throw TextFile.undecodable(file, e);
            }
            throw new EngineException(file + " cannot be read: " + cause.getMessage(), e);
        }
    }

    /** As the other, by its first sign and its name. */
    public static List<FileRecord> read(Path file, ReadNotes notes, Progress progress) throws CanceledJobException {
        return read(file, Form.GUESS, notes, progress);
    }

    private static boolean isTable(Path file, Form form, BufferedReader reader) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean named =
                name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".tab") || name.endsWith(".txt");
        return switch (form) {
            case CSV -> true;
            case JSON -> false;
            case GUESS -> named && !beginsAsJson(reader);
        };
    }

    private static boolean beginsAsJson(BufferedReader reader) throws IOException {
        String start = peek(reader, LOOK_AHEAD).stripLeading();
        return start.startsWith("{")
                || start.startsWith("[") && start.substring(1).stripLeading().startsWith("{");
    }

    /** The next characters, which stay to be read. */
    static String peek(BufferedReader reader, int most) throws IOException {
        reader.mark(most + 1);
        char[] start = new char[most];
        int length = 0;
        int read = 0;
        while (read >= 0 && length < most) {
            read = reader.read(start, length, most - length);
            length += Math.max(0, read);
        }
        reader.reset();
        return new String(start, 0, length);
    }
}
