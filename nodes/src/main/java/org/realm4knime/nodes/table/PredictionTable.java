package org.realm4knime.nodes.table;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.problem.Problem;

/** Answers of a model to problems, as the Benchmark Evaluator or the Reasoner writes them. */
public final class PredictionTable {

    private static final String TABLE = "predictions";

    private PredictionTable() {}

    /**
     * Checks that a table has the columns.
     *
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(DataTableSpec spec, PredictionColumns columns) throws InvalidSettingsException {
        InputColumn.text(TABLE, spec, columns.id);
        InputColumn.text(TABLE, spec, columns.answer);
    }

    /**
     * Problems that were answered wrongly, or not at all, in at least one row. Rows of other problems are passed
     * over, as are those of which an endpoint gave no answer: the column error says why.
     *
     * @param problems the problems, with their reference answers
     * @param checker compares answers
     * @param progress asked before each row whether to stop
     * @return ids of the missed problems
     * @throws InvalidSettingsException if a column is missing
     */
    public static Set<String> missed(
            BufferedDataTable table,
            PredictionColumns columns,
            List<Problem> problems,
            AnswerChecker checker,
            Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        DataTableSpec spec = table.getDataTableSpec();
        InputColumn id = InputColumn.text(TABLE, spec, columns.id);
        InputColumn answer = InputColumn.text(TABLE, spec, columns.answer);
        InputColumn error = InputColumn.optional(TABLE, spec, "error");
        Map<String, Problem> byId = problems.stream().collect(Collectors.toMap(Problem::id, Function.identity()));
        Set<String> missed = new LinkedHashSet<>();
        for (DataRow row : table) {
            progress.checkCanceled();
            Problem problem = byId.get(id.text(row));
            String given = answer.textOrNull(row);
            boolean asked = error.textOrNull(row) == null;
            if (problem != null && asked && (given == null || !checker.matches(given, problem.answer()))) {
                missed.add(problem.id());
            }
        }
        return missed;
    }
}
