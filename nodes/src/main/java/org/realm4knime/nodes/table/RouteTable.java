package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultModel.ExecuteInput;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteFields;

/** Routes as a table: problem id, source, route, text, answer, tokens, mean log-probability, error, truncated. */
public final class RouteTable {

    static final String PROBLEM_ID = "problem id";
    static final String SOURCE = "source";
    static final String ROUTE = "route";
    static final String TEXT = "text";
    static final String ANSWER = "answer";
    static final String TOKENS = "tokens";
    static final String MEAN_LOG_PROB = "mean log-probability";
    static final String ERROR = "error";
    static final String TRUNCATED = "truncated";

    /** How routes are written. */
    public static final TableSchema<Route> SCHEMA = TableSchema.<Route>builder()
            .text(PROBLEM_ID, Route::problemId)
            .text(SOURCE, Route::source)
            .integer(ROUTE, Route::index)
            .text(TEXT, Route::text)
            .text(ANSWER, Route::answer)
            .integer(TOKENS, Route::tokens)
            .number(MEAN_LOG_PROB, Route::meanLogProb)
            .text(ERROR, Route::error)
            .bool(TRUNCATED, Route::truncated)
            .build();

    private static final String TABLE = "routes";

    private final InputColumn problemId;
    private final InputColumn source;
    private final InputColumn index;
    private final InputColumn text;
    private final InputColumn answer;
    private final InputColumn tokens;
    private final InputColumn meanLogProb;
    private final InputColumn error;
    private final InputColumn truncated;
    private final Map<List<String>, Integer> routesOfSource = new HashMap<>();

    RouteTable(DataTableSpec spec) throws InvalidSettingsException {
        problemId = InputColumn.text(TABLE, spec, RouteFields.PROBLEM_IDS);
        text = InputColumn.text(TABLE, spec, RouteFields.TEXTS);
        source = InputColumn.optional(TABLE, spec, RouteFields.SOURCES);
        index = InputColumn.optional(TABLE, spec, ROUTE);
        // beside other columns, an answer is the problem's: the routes' own is found in their texts
        answer = InputColumn.optional(
                TABLE, spec, spec.containsName(MEAN_LOG_PROB) ? List.of(ANSWER) : RouteFields.OWN_ANSWERS);
        tokens = InputColumn.optional(TABLE, spec, TOKENS);
        meanLogProb = InputColumn.optional(TABLE, spec, MEAN_LOG_PROB);
        error = InputColumn.optional(TABLE, spec, ERROR);
        truncated = InputColumn.optional(TABLE, spec, TRUNCATED);
    }

    /**
     * Checks that a table has the columns that routes need: problem id and text.
     *
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(DataTableSpec spec) throws InvalidSettingsException {
        new RouteTable(spec);
    }

    /**
     * Reads routes.
     *
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if a column is missing
     */
    public static List<Route> read(BufferedDataTable table, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        RouteTable reader = new RouteTable(table.getDataTableSpec());
        List<Route> routes = new ArrayList<>();
        for (DataRow row : table) {
            progress.checkCanceled();
            routes.add(reader.route(row));
        }
        return List.copyOf(routes);
    }

    /**
     * Reads the routes of an optional port.
     *
     * @param port position of the port; without one there are no routes
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if a column is missing
     */
    public static List<Route> read(ExecuteInput in, Optional<Integer> port, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        return port.isEmpty() ? List.of() : read(in.getInTable(port.get()), progress);
    }

    /** The routes of each problem, by its id. */
    public static Map<String, List<Route>> byProblem(List<Route> routes) {
        return routes.stream()
                .collect(Collectors.groupingBy(Route::problemId, LinkedHashMap::new, Collectors.toList()));
    }

    Route route(DataRow row) {
        String problem = problemId.text(row);
        String from = source.textOrNull(row);
        String failure = error.textOrNull(row);
        String content = failure == null ? text.text(row) : text.textOrNull(row);
        String name = from == null ? RouteFields.UNKNOWN_SOURCE : from;
        int next = routesOfSource.merge(List.of(problem, name), 1, Integer::sum) - 1;
        return new Route(
                problem,
                name,
                index.integerOr(row, next),
                content == null ? "" : content,
                answer.textOrNull(row),
                tokens.integerOr(row, 0),
                meanLogProb.numberOrNaN(row),
                failure,
                truncated.boolOrFalse(row));
    }
}
