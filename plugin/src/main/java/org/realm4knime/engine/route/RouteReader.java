package org.realm4knime.engine.route;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.problem.FileRecord;
import org.realm4knime.engine.problem.RecordReader;

/** Reads recorded routes from a file. */
public final class RouteReader {

    private static final String UNKNOWN_SOURCE = "recorded";

    private RouteReader() {}

    /**
     * Reads all routes of a file with the fields problem id, text and, if known, source, route, answer, tokens, mean
     * log-probability, error and truncated.
     *
     * @param file JSON lines, or a table with a header (CSV), UTF-8
     * @return the routes in the order of the file
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static List<Route> read(Path file) {
        Map<List<String>, Integer> counts = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        for (FileRecord record : RecordReader.read(file)) {
            String problem = record.requiredText("problem id", List.of("problem id", "problem_id", "id"));
            String source = record.text(List.of("source", "model")).orElse(UNKNOWN_SOURCE);
            int next = counts.merge(List.of(problem, source), 1, Integer::sum) - 1;
            routes.add(new Route(
                    problem,
                    source,
                    record.number(List.of("route")).map(Double::intValue).orElse(next),
                    record.requiredText("route text", List.of("text", "completion", "reasoning", "rationale")),
                    record.text(List.of("answer")).orElse(null),
                    record.number(List.of("tokens")).map(Double::intValue).orElse(0),
                    record.number(List.of("mean log-probability", "mean_log_prob"))
                            .orElse(Double.NaN),
                    record.text(List.of("error")).orElse(null),
                    record.text(List.of("truncated")).map(Boolean::parseBoolean).orElse(false)));
        }
        return List.copyOf(routes);
    }
}
