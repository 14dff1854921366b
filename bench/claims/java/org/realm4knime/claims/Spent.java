package org.realm4knime.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * What an arm spent on training: all completions that it sampled or was given as routes, and all tokens that carried a
 * loss.
 *
 * @param samples completions, those of advisers and teachers included
 * @param generated tokens of these
 * @param trained tokens with a loss
 * @param seconds time of the run, evaluation included and what it shared with others excluded
 */
record Spent(double samples, double generated, double trained, double seconds) {

    private static final String LOG = "-training-log.csv";

    /** Reads what a run spent off its tables. */
    static Spent of(Task task, List<String> recordedRoutes) throws IOException {
        Spent spent = new Spent(0, 0, 0, task.done().seconds());
        Set<List<String>> routes = new HashSet<>();
        try (Stream<Path> files = Files.list(task.folder().resolve("tables"))) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(LOG)) {
                    spent = spent.plus(last(Tables.read(file)));
                } else if (name.endsWith("-routes.csv") && !name.startsWith("route-verifier")
                        || recordedRoutes.contains(name.replace(".csv", ""))) {
                    spent = spent.plus(routes(Tables.read(file), routes));
                }
            }
        }
        return spent;
    }

    private static Spent last(List<CSVRecord> log) {
        CSVRecord row = log.get(log.size() - 1);
        return new Spent(
                Double.parseDouble(row.get("samples drawn")),
                Double.parseDouble(row.get("tokens generated")),
                Double.parseDouble(row.get("tokens trained")),
                0);
    }

    /** Counts routes that no table before held: routes are passed on from one rollout to the next. */
    private static Spent routes(List<CSVRecord> rows, Set<List<String>> counted) {
        List<CSVRecord> fresh = rows.stream()
                .filter(row -> counted.add(List.of(row.get("problem id"), row.get("source"), row.get("route"))))
                .toList();
        double tokens = fresh.stream()
                .mapToDouble(row -> Double.parseDouble(row.get("tokens")))
                .sum();
        return new Spent(fresh.size(), tokens, 0, 0);
    }

    Spent plus(Spent other) {
        return new Spent(
                samples + other.samples, generated + other.generated, trained + other.trained, seconds + other.seconds);
    }

    Spent times(double factor) {
        return new Spent(samples * factor, generated * factor, trained * factor, seconds * factor);
    }
}
