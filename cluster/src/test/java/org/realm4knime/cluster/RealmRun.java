package org.realm4knime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A workflow run by the script as users run it, in a process of its own.
 *
 * @param out folder of its results
 * @param printed what it printed
 */
record RealmRun(Path out, List<String> printed) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The quickstart on few cases and with few steps: every node that is spread is in it. */
    private static final List<String> SHORT = List.of(
            "Reasoning Dataset Reader/limit=24",
            "Supervised Trainer/steps=2",
            "Guided Distiller/steps=2",
            "ReaLM Trainer/steps=6");

    private static final String SPEED = "tokens per second";

    /**
     * Runs the short quickstart to its end.
     *
     * @param watch told of each line and of the process
     * @param arguments where it is computed
     */
    static RealmRun quickstart(Path out, BiConsumer<String, ProcessHandle> watch, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("realm").toString(),
                "run",
                ROOT.resolve("examples/quickstart").toString(),
                "--out",
                out.toString(),
                "--threads",
                "1"));
        SHORT.forEach(setting -> command.addAll(List.of("--set", setting)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("REALM_BUILD", "never");
        builder.environment().remove("SPARK_HOME");
        Process process = builder.start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                watch.accept(line, process.toHandle());
            }
        }
        assertThat(process.waitFor()).as(String.join("\n", printed)).isZero();
        return new RealmRun(out, printed);
    }

    /** Rows of every table by its file's name, each cell by its column; without what is a matter of speed. */
    Map<String, List<Map<String, String>>> tables() throws IOException {
        Map<String, List<Map<String, String>>> tables = new LinkedHashMap<>();
        List<Path> files;
        try (Stream<Path> listed = Files.list(out.resolve("tables"))) {
            files = listed.sorted().toList();
        }
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        for (Path file : files) {
            try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
                tables.put(
                        file.getFileName().toString(),
                        parser.stream().map(RealmRun::cells).toList());
            }
        }
        return tables;
    }

    private static Map<String, String> cells(CSVRecord row) {
        Map<String, String> cells = new LinkedHashMap<>(row.toMap());
        cells.remove(SPEED);
        return cells;
    }

    /** The weights of the model that was written. */
    byte[] weights() throws IOException {
        return Files.readAllBytes(out.resolve("model/model.safetensors"));
    }
}
