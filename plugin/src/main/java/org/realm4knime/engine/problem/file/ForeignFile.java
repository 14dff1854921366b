package org.realm4knime.engine.problem.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.realm4knime.engine.EngineException;

/** Files of other kinds, known by their first bytes or their name, each with the way to its data. */
final class ForeignFile {

    private static final String UNDERSTOOD =
            "A reader of data sets understands JSON Lines, JSON and CSV files as plain text.";

    private record Kind(Predicate<Head> matches, String what, String wayOut) {}

    private record Head(String name, String bytes) {

        boolean begins(String... starts) {
            return List.of(starts).stream().anyMatch(bytes::startsWith);
        }

        boolean named(String... ends) {
            return List.of(ends).stream().anyMatch(name::endsWith);
        }

        boolean beginsInAnyCase(String start) {
            return bytes.stripLeading().regionMatches(true, 0, start, 0, start.length());
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    head -> head.begins("PAR1") || head.named(".parquet"), "a Parquet file", connect("Parquet Reader")),
            new Kind(
                    head -> head.begins("PK\u0003\u0004")
                            && (head.named(".xlsx", ".xlsm") || head.bytes().contains("xl/")),
                    "an Excel workbook",
                    connect("Excel Reader")),
            new Kind(head -> head.begins("\u00D0\u00CF\u0011\u00E0"), "an old Excel workbook", connect("Excel Reader")),
            new Kind(
                    head -> head.begins("PK\u0003\u0004") && head.named(".ods"),
                    "an OpenDocument table",
                    "Save it as CSV in UTF-8, and read that file."),
            new Kind(
                    head -> head.begins("PK\u0003\u0004", "PK\u0005\u0006"),
                    "a ZIP archive",
                    "Unpack it, and read the file inside; KNIME's Decompress Files node does it too."),
            new Kind(
                    head -> head.begins("\u001F\u008B"),
                    "compressed with gzip",
                    "Unpack it (gunzip FILE), and read the file that comes out."),
            new Kind(head -> head.begins("BZh"), "compressed with bzip2", "Unpack it (bunzip2 FILE) first."),
            new Kind(
                    head -> head.begins("\u0028\u00B5\u002F\u00FD"),
                    "compressed with zstd",
                    "Unpack it (unzstd FILE) first."),
            new Kind(head -> head.begins("\u00FD7zXZ"), "compressed with xz", "Unpack it (unxz FILE) first."),
            new Kind(head -> head.begins("7z\u00BC\u00AF"), "a 7z archive", "Unpack it, and read the file inside."),
            new Kind(
                    head -> head.begins("ARROW1") || head.named(".arrow", ".feather"),
                    "an Arrow file",
                    "Write the data set as JSON Lines (in Python: dataset.to_json(\"data.jsonl\")), and read that"
                            + " file."),
            new Kind(
                    head -> head.begins("Obj\u0001") || head.named(".avro"),
                    "an Avro file",
                    "Write the data as JSON Lines or CSV, and read that file."),
            new Kind(head -> head.begins("ORC") || head.named(".orc"), "an ORC file", connect("ORC Reader")),
            new Kind(head -> head.begins("SQLite format 3"), "a SQLite database", connect("DB Reader")),
            new Kind(head -> head.begins("%PDF"), "a PDF document", "Read a file with a record for each problem."),
            new Kind(
                    head -> head.begins("\u0080") && head.named(".pkl", ".pickle", ".pt", ".bin"),
                    "a Python pickle",
                    "Write the data as JSON Lines or CSV, and read that file."),
            new Kind(
                    head -> head.begins("version https://git-lfs.github.com/spec"),
                    "only a pointer of Git LFS, not the data itself",
                    "Fetch the data (git lfs pull), or download the file from its page."),
            new Kind(
                    head -> head.beginsInAnyCase("<!doctype html") || head.beginsInAnyCase("<html"),
                    "a web page, perhaps one that asks you to log in",
                    "Download the data file itself (on Hugging Face: the address with /resolve/ in it)."),
            new Kind(
                    head -> head.beginsInAnyCase("<?xml") || head.named(".xml"),
                    "an XML file",
                    "Read it with KNIME's XML Reader and XPath nodes, and connect their table instead of this node."),
            new Kind(
                    head -> head.named(".yaml", ".yml"),
                    "a YAML file",
                    "Write the data as JSON Lines or CSV, and read that file."));

    private ForeignFile() {}

    private static String connect(String node) {
        return "Read it with KNIME's " + node + " node, and connect its table instead of this node; the nodes that take"
                + " the table let you choose its columns. Or save the data as CSV or JSON Lines.";
    }

    /**
     * Refuses a file that is known to be of another kind.
     *
     * @param head its first bytes
     * @throws EngineException that says what the file is, what is understood, and how to get at its data
     */
    static void refuse(Path file, byte[] head) {
        Head start = new Head(
                file.getFileName().toString().toLowerCase(Locale.ROOT), new String(head, StandardCharsets.ISO_8859_1));
        KINDS.stream().filter(kind -> kind.matches().test(start)).findFirst().ifPresent(kind -> {
            throw new EngineException("%s is %s. %s %s".formatted(file, kind.what(), UNDERSTOOD, kind.wayOut()));
        });
    }
}
