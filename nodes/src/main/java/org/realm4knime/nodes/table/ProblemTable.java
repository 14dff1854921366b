package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.Problem;

/** Problems as a table: id, question, answer, rationale, domain. */
public final class ProblemTable {

    /** Name of the column with the problem's id. */
    public static final String ID = "id";

    /** Name of the column with the question. */
    public static final String QUESTION = "question";

    /** Name of the column with the reference answer. */
    public static final String ANSWER = "answer";

    /** Name of the column with a worked solution. */
    public static final String RATIONALE = "rationale";

    /** Name of the column that groups the problems. */
    public static final String DOMAIN = "domain";

    /** How problems are written. */
    public static final TableSchema<Problem> SCHEMA = TableSchema.<Problem>builder()
            .text(ID, Problem::id)
            .text(QUESTION, Problem::question)
            .text(ANSWER, problem -> problem.hasAnswer() ? problem.answer() : null)
            .text(RATIONALE, Problem::rationale)
            .text(DOMAIN, Problem::domain)
            .build();

    private static final String TABLE = "problems";

    private final InputColumn id;
    private final InputColumn question;
    private final InputColumn answer;
    private final InputColumn rationale;
    private final InputColumn domain;

    private ProblemTable(InputColumn id, InputColumn question, InputColumn answer, DataTableSpec spec) {
        this.id = id;
        this.question = question;
        this.answer = answer;
        rationale = InputColumn.optional(TABLE, spec, RATIONALE);
        domain = InputColumn.optional(TABLE, spec, DOMAIN);
    }

    private static ProblemTable of(DataTableSpec spec, ProblemColumns columns) throws InvalidSettingsException {
        return new ProblemTable(
                id(spec, columns.id),
                InputColumn.text(TABLE, spec, columns.question),
                InputColumn.text(TABLE, spec, columns.answer),
                spec);
    }

    private static ProblemTable of(DataTableSpec spec, QuestionColumns columns) throws InvalidSettingsException {
        return new ProblemTable(
                id(spec, columns.id),
                InputColumn.text(TABLE, spec, columns.question),
                InputColumn.optional(TABLE, spec, ANSWER),
                spec);
    }

    private static InputColumn id(DataTableSpec spec, Optional<String> name) throws InvalidSettingsException {
        return name.isPresent() ? InputColumn.text(TABLE, spec, name.get()) : null;
    }

    /**
     * Checks that a table has the columns.
     *
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(DataTableSpec spec, ProblemColumns columns) throws InvalidSettingsException {
        of(spec, columns);
    }

    /**
     * Checks that a table has the columns.
     *
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(DataTableSpec spec, QuestionColumns columns) throws InvalidSettingsException {
        of(spec, columns);
    }

    /**
     * Reads problems. Rationale and domain come from the columns of that name, if there are any.
     *
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if a column is missing
     * @throws EngineException naming the row, if a question is missing or an id is not unique
     */
    public static List<Problem> read(BufferedDataTable table, ProblemColumns columns, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        return of(table.getDataTableSpec(), columns).read(table, progress);
    }

    /**
     * Reads problems that need no reference answer; a column {@code answer} is used if there is one.
     *
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if a column is missing
     * @throws EngineException naming the row, if a question is missing or an id is not unique
     */
    public static List<Problem> read(BufferedDataTable table, QuestionColumns columns, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        return of(table.getDataTableSpec(), columns).read(table, progress);
    }

    private List<Problem> read(BufferedDataTable table, Progress progress) throws CanceledJobException {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> rowOfId = new HashMap<>();
        for (DataRow row : table) {
            progress.checkCanceled();
            Problem problem = problem(row);
            String other = rowOfId.put(problem.id(), row.getKey().getString());
            if (other != null) {
                throw new EngineException("Rows '%s' and '%s' of the problems table have the same id '%s'. Give each"
                                .formatted(other, row.getKey().getString(), problem.id())
                        + " problem its own id, or switch off the id column to use the RowID.");
            }
            problems.add(problem);
        }
        if (problems.isEmpty()) {
            throw new EngineException("The problems table is empty. Connect a table with at least one row.");
        }
        return List.copyOf(problems);
    }

    private Problem problem(DataRow row) {
        String reference = answer.textOrNull(row);
        return new Problem(
                id == null ? row.getKey().getString() : id.text(row),
                question.text(row),
                reference == null ? "" : reference,
                rationale.textOrNull(row),
                domain.textOrNull(row));
    }
}
