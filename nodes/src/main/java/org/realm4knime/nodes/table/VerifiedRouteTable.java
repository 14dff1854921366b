package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.mrpv.RouteSteps;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;

/**
 * Verified routes as a table: the routes' columns, then positive, verdict, majority, process valid, process score,
 * decisive step, reason, step values. The last are the values V of the route before its first step and after each step,
 * with which a training that contrasts routes sees them as the verifier did.
 */
public final class VerifiedRouteTable {

    private static final String POSITIVE = "positive";
    private static final String VERDICT = "verdict";
    private static final String MAJORITY = "majority";
    private static final String PROCESS_VALID = "process valid";
    private static final String PROCESS_SCORE = "process score";
    private static final String DECISIVE_STEP = "decisive step";
    private static final String REASON = "reason";
    private static final String STEP_VALUES = "step values";

    /** How verified routes are written. */
    public static final TableSchema<VerifiedRoute> SCHEMA = TableSchema.<VerifiedRoute>builder()
            .text(RouteTable.PROBLEM_ID, verified -> verified.route().problemId())
            .text(RouteTable.SOURCE, verified -> verified.route().source())
            .integer(RouteTable.ROUTE, verified -> verified.route().index())
            .text(RouteTable.TEXT, verified -> verified.route().text())
            .text(RouteTable.ANSWER, verified -> verified.route().answer())
            .integer(RouteTable.TOKENS, verified -> verified.route().tokens())
            .number(RouteTable.MEAN_LOG_PROB, verified -> verified.route().meanLogProb())
            .text(RouteTable.ERROR, verified -> verified.route().error())
            .bool(RouteTable.TRUNCATED, verified -> verified.route().truncated())
            .bool(POSITIVE, VerifiedRoute::positive)
            .text(VERDICT, verified -> verified.verdict().words())
            .bool(MAJORITY, VerifiedRoute::byMajority)
            .bool(PROCESS_VALID, VerifiedRoute::processValid)
            .number(PROCESS_SCORE, VerifiedRoute::processScore)
            .integer(DECISIVE_STEP, VerifiedRoute::decisiveStep)
            .text(REASON, VerifiedRoute::reason)
            .text(STEP_VALUES, VerifiedRouteTable::stepValues)
            .build();

    private static final String TABLE = "verified routes";
    private static final String SEPARATOR = " ";

    private final RouteTable routes;
    private final InputColumn positive;
    private final InputColumn majority;
    private final InputColumn processValid;
    private final InputColumn processScore;
    private final InputColumn decisiveStep;
    private final InputColumn reason;
    private final InputColumn stepValues;

    private VerifiedRouteTable(DataTableSpec spec) throws InvalidSettingsException {
        if (!spec.containsName(POSITIVE)) {
            throw new InvalidSettingsException("The verified routes table has no column 'positive'. Connect the first"
                    + " output of a Route Verifier (MRPV).");
        }
        routes = new RouteTable(spec);
        positive = InputColumn.bool(TABLE, spec, POSITIVE);
        majority = InputColumn.bool(TABLE, spec, MAJORITY);
        processValid = InputColumn.bool(TABLE, spec, PROCESS_VALID);
        processScore = InputColumn.number(TABLE, spec, PROCESS_SCORE);
        decisiveStep = InputColumn.number(TABLE, spec, DECISIVE_STEP);
        reason = InputColumn.optional(TABLE, spec, REASON);
        stepValues = InputColumn.optional(TABLE, spec, STEP_VALUES);
    }

    /**
     * Checks that a table has the columns of verified routes.
     *
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(DataTableSpec spec) throws InvalidSettingsException {
        new VerifiedRouteTable(spec);
    }

    /**
     * Joins problems to the routes of an optional input.
     *
     * @param problems problems
     * @param in the node's input
     * @param port of the verified routes, if it is connected
     * @param progress asked before each row whether to stop
     * @return the problems in their order, with their routes where there are any
     * @throws InvalidSettingsException if a column is missing
     */
    public static List<GuidedProblem> join(
            List<Problem> problems, ExecuteInput in, Optional<Integer> port, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        List<VerifiedRoute> routes = port.isEmpty() ? List.of() : read(in.getInTable(port.get()), progress);
        Map<String, List<VerifiedRoute>> byProblem = routes.stream()
                .collect(Collectors.groupingBy(route -> route.route().problemId()));
        return problems.stream()
                .map(problem -> new GuidedProblem(problem, byProblem.getOrDefault(problem.id(), List.of())))
                .toList();
    }

    /**
     * Reads verified routes.
     *
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if a column is missing
     */
    public static List<VerifiedRoute> read(BufferedDataTable table, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        VerifiedRouteTable reader = new VerifiedRouteTable(table.getDataTableSpec());
        List<VerifiedRoute> verified = new ArrayList<>();
        for (DataRow row : table) {
            progress.checkCanceled();
            verified.add(reader.verified(row));
        }
        return List.copyOf(verified);
    }

    private VerifiedRoute verified(DataRow row) {
        String why = reason.textOrNull(row);
        VerifiedRoute route = new VerifiedRoute(
                routes.route(row),
                positive.bool(row),
                majority.bool(row),
                processValid.bool(row),
                processScore.number(row),
                decisiveStep.integerOr(row, 0),
                why == null ? "" : why,
                List.of());
        return RouteSteps.withValues(route, values(stepValues.textOrNull(row)));
    }

    private static String stepValues(VerifiedRoute route) {
        return Arrays.stream(RouteSteps.values(route))
                .mapToObj(Double::toString)
                .collect(Collectors.joining(SEPARATOR));
    }

    /** Values that are no numbers are passed over: the training then judges the steps itself. */
    private static double[] values(String text) {
        try {
            return text == null || text.isBlank()
                    ? new double[0]
                    : Arrays.stream(text.split(SEPARATOR))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }
}
