package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.supervised.SupervisedExample;

/** Training examples as a table: prompt, completion, weight. */
public final class ExampleTable {

    static final String PROMPT = "prompt";
    static final String COMPLETION = "completion";
    static final String WEIGHT = "weight";

    /** How examples are written. */
    public static final TableSchema<SupervisedExample> SCHEMA = TableSchema.<SupervisedExample>builder()
            .text(PROMPT, SupervisedExample::prompt)
            .text(COMPLETION, SupervisedExample::completion)
            .number(WEIGHT, SupervisedExample::weight)
            .build();

    private ExampleTable() {}

    /**
     * Checks that a table has the columns.
     *
     * @param table what the table is called in messages
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(String table, DataTableSpec spec, ExampleColumns chosen) throws InvalidSettingsException {
        ExampleColumns columns = chosen.in(spec);
        InputColumn.text(table, spec, columns.prompt);
        InputColumn.text(table, spec, columns.completion);
        if (columns.weight.isPresent()) {
            InputColumn.number(table, spec, columns.weight.get());
        }
    }

    /**
     * Reads examples; without a weight column, or where the weight is missing, an example weighs 1.
     *
     * @param name what the table is called in messages
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if a column is missing
     * @throws EngineException naming the row whose weight is not above 0, or if the table is empty
     */
    public static List<SupervisedExample> read(
            String name, BufferedDataTable table, ExampleColumns chosen, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        DataTableSpec spec = table.getDataTableSpec();
        check(name, spec, chosen);
        ExampleColumns columns = chosen.in(spec);
        InputColumn prompt = InputColumn.text(name, spec, columns.prompt);
        InputColumn completion = InputColumn.text(name, spec, columns.completion);
        InputColumn weight = InputColumn.optional(name, spec, columns.weight.orElse(WEIGHT));
        List<SupervisedExample> examples = new ArrayList<>();
        for (DataRow row : table) {
            progress.checkCanceled();
            double weighs = columns.weight.isPresent() ? weight.numberOrNaN(row) : 1;
            if (weighs <= 0 || Double.isInfinite(weighs)) {
                throw new EngineException(
                        "Row '%s' of the %s table has weight %s. A weight is a number above 0: correct"
                                        .formatted(row.getKey().getString(), name, weighs)
                                + " it, or remove the row.");
            }
            examples.add(
                    new SupervisedExample(prompt.text(row), completion.text(row), Double.isNaN(weighs) ? 1 : weighs));
        }
        if (examples.isEmpty()) {
            throw new EngineException("The " + name + " table is empty. Connect a table with at least one row.");
        }
        return List.copyOf(examples);
    }
}
