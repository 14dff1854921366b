package org.realm4knime.claims;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;

/**
 * Which problems each method answered rightly.
 *
 * @param correct by cell, method and seed: 1 or 0 for each problem, in the same order for all methods and seeds of a
 *     cell
 */
record Answers(Map<Cell, Map<String, Map<Integer, double[]>>> correct) {

    private static final String ALL = "all";

    /**
     * Problems that are counted together, and how they were asked.
     *
     * @param set name of the set of problems
     * @param domain their domain
     * @param withRoutes whether external routes were shown
     */
    record Cell(String set, String domain, boolean withRoutes) {}

    /** Reads the predictions of all runs. */
    static Answers read(Plan plan, Map<Suite, List<Task>> tasks) throws IOException {
        Answers answers = new Answers(new LinkedHashMap<>());
        for (Map.Entry<Suite, List<Task>> suite : tasks.entrySet()) {
            for (Task task : suite.getValue()) {
                for (Plan.ProblemSet set : plan.sets()) {
                    if (suite.getKey().has(set)) {
                        answers.add(plan, task, set);
                    }
                }
            }
        }
        return answers;
    }

    private void add(Plan plan, Task task, Plan.ProblemSet set) throws IOException {
        Map<String, String> domains = new HashMap<>();
        for (CSVRecord row : Tables.read(task.table(set.problems()))) {
            String domain = row.get("domain");
            domains.put(row.get("id"), domain.isEmpty() ? ALL : domain);
        }
        Map<Cell, Map<String, Map<String, Double>>> byProblem = new LinkedHashMap<>();
        for (CSVRecord row : Tables.read(task.table(set.predictions()))) {
            boolean vote = plan.votes().containsKey(row.get("model"));
            if (vote && task.arm().group() != Plan.Group.START) {
                continue; // the routes are the same in all arms of a seed
            }
            String method = vote ? row.get("model") : task.arm().name();
            String id = row.get("problem id");
            byProblem
                    .computeIfAbsent(
                            new Cell(
                                    set.name(),
                                    domains.get(id),
                                    row.get("routes").equals("with")),
                            c -> new LinkedHashMap<>())
                    .computeIfAbsent(method, m -> new TreeMap<>())
                    .put(id, row.get("correct").equals("true") ? 1.0 : 0.0);
        }
        byProblem.forEach((cell, methods) -> methods.forEach((method, values) -> correct.computeIfAbsent(
                        cell, c -> new LinkedHashMap<>())
                .computeIfAbsent(method, m -> new TreeMap<>())
                .put(task.seed(), values.values().stream().mapToDouble(v -> v).toArray())));
    }

    /** All domains, in the order in which they were read. */
    List<String> domains() {
        return correct.keySet().stream().map(Cell::domain).distinct().toList();
    }

    /** Those domains in which all of some methods were measured. */
    List<String> domains(String set, boolean withRoutes, String... methods) {
        return domains().stream()
                .filter(domain -> correct.getOrDefault(new Cell(set, domain, withRoutes), Map.of())
                        .keySet()
                        .containsAll(List.of(methods)))
                .toList();
    }

    /** Whether a method was measured in any domain. */
    boolean has(String set, String method, boolean withRoutes) {
        return !domains(set, withRoutes, method).isEmpty();
    }

    /** A method's values by domain; by seed and problem within. */
    List<double[][]> of(String set, List<String> domains, String method, boolean withRoutes) {
        List<double[][]> strata = new ArrayList<>();
        for (String domain : domains) {
            strata.add(correct.get(new Cell(set, domain, withRoutes))
                    .get(method)
                    .values()
                    .toArray(double[][]::new));
        }
        return strata;
    }
}
