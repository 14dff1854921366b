package org.realm4knime.nodes.table;

import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.evaluate.Answered;

/** A table with questions, with the model's reasoning and answer appended. */
public final class AnsweredTable {

    private static final TableSchema<Answered> APPENDED = TableSchema.<Answered>builder()
            .text("reasoning", Answered::reasoning)
            .text("model answer", Answered::answer)
            .bool("truncated", Answered::truncated)
            .text("error", Answered::error)
            .build();

    private AnsweredTable() {}

    /** The spec of the result: where a name is taken, the new column gets another. */
    public static DataTableSpec spec(DataTableSpec questions) {
        Stream<DataColumnSpec> appended = APPENDED.spec().stream().map(column -> new DataColumnSpecCreator(
                        DataTableSpec.getUniqueColumnName(questions, column.getName()), column.getType())
                .createSpec());
        return new DataTableSpec(Stream.concat(questions.stream(), appended).toArray(DataColumnSpec[]::new));
    }

    /**
     * Appends the answers.
     *
     * @param questions the table
     * @param answers an answer for each row, in order
     * @throws CanceledExecutionException if the user cancelled the node
     */
    public static BufferedDataTable write(BufferedDataTable questions, List<Answered> answers, ExecutionContext exec)
            throws CanceledExecutionException {
        BufferedDataContainer container = exec.createDataContainer(spec(questions.getDataTableSpec()));
        try (CloseableRowIterator rows = questions.iterator()) {
            for (Answered answered : answers) {
                exec.checkCanceled();
                DataRow row = rows.next();
                Stream<DataCell> cells = Stream.concat(row.stream(), APPENDED.cells(answered).stream());
                container.addRowToTable(new DefaultRow(row.getKey(), cells.toArray(DataCell[]::new)));
            }
        } finally {
            container.close();
        }
        return container.getTable();
    }
}
