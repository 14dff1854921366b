package org.realm4knime.engine.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;

/** The files of a checkpoint with their sizes and checksums (CRC-32C), by which damage to any of them is found. */
record Checksums(Map<String, Entry> files) {

    static final String FILE = "checksums.json";

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /**
     * A file.
     *
     * @param bytes its size
     * @param crc32c its checksum, in hexadecimal digits
     */
    record Entry(long bytes, String crc32c) {

        static Entry of(Path file, long checksum) throws IOException {
            return new Entry(Files.size(file), Long.toHexString(checksum));
        }
    }

    /** Those of a folder that is whole; {@link #FILE} is none of them. */
    static Checksums of(Path folder) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals(FILE)) {
                    files.put(name, Entry.of(file, WholeFile.checksum(file)));
                }
            }
        }
        return new Checksums(files);
    }

    void write(Path folder) throws IOException {
        WholeFile.write(folder.resolve(FILE), GSON.toJson(this));
    }

    /** Whether a folder has the file of these; else it is no checkpoint of this version. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * What is wrong with a file of a folder, in the middle of a sentence; empty if it is as it was written.
     *
     * @param file its path within the folder
     */
    static Optional<String> flaw(Path folder, String file, Progress progress) throws CanceledJobException {
        try {
            Checksums written = read(folder);
            return written.files.containsKey(file)
                    ? flaw(folder, file, written.files.get(file), progress)
                    : Optional.of(file + " is missing");
        } catch (IOException e) {
            return Optional.of(IoReason.of(e));
        }
    }

    /** What is wrong with any file of a folder; empty if all are as they were written. */
    static Optional<String> flaw(Path folder, Progress progress) throws CanceledJobException {
        try {
            for (Map.Entry<String, Entry> file : read(folder).files.entrySet()) {
                Optional<String> flaw = flaw(folder, file.getKey(), file.getValue(), progress);
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(IoReason.of(e));
        }
    }

    private static Checksums read(Path folder) throws IOException {
        try {
            Checksums read = GSON.fromJson(Files.readString(folder.resolve(FILE)), Checksums.class);
            if (read == null || read.files == null || read.files.containsValue(null)) {
                throw new IOException(FILE + " is empty");
            }
            return read;
        } catch (JsonParseException e) {
            throw new IOException(FILE + " cannot be read", e);
        }
    }

    private static Optional<String> flaw(Path folder, String name, Entry expected, Progress progress)
            throws IOException, CanceledJobException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.of(name + " is missing");
        }
        if (Files.size(file) != expected.bytes) {
            return Optional.of("%s has %d bytes instead of %d".formatted(name, Files.size(file), expected.bytes));
        }
        return Entry.of(file, WholeFile.checksum(file, progress)).equals(expected)
                ? Optional.empty()
                : Optional.of(name + " is not what was written (its checksum differs)");
    }
}
