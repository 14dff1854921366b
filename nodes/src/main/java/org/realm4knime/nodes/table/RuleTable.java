package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultModel.ExecuteInput;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.problem.Rule;

/** Domain rules as a table: id, text, applies to. */
public final class RuleTable {

    private static final String ID = "id";
    private static final String TEXT = "text";
    private static final String APPLIES_TO = "applies to";

    /** How rules are written. */
    public static final TableSchema<Rule> SCHEMA = TableSchema.<Rule>builder()
            .text(ID, Rule::id)
            .text(TEXT, Rule::text)
            .text(APPLIES_TO, Rule::appliesTo)
            .build();

    private static final String TABLE = "rules";

    private static final List<String> TEXTS = List.of(TEXT, "rule text", "description", "content", "rule");

    private RuleTable() {}

    /**
     * Checks that a table has a column {@code text}.
     *
     * @throws InvalidSettingsException if it has not
     */
    public static void check(DataTableSpec spec) throws InvalidSettingsException {
        InputColumn.text(TABLE, spec, TEXTS);
    }

    /**
     * Reads the rules of an optional port.
     *
     * @param port position of the port; without one there are no rules
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if the column with the text is missing
     */
    public static List<Rule> read(ExecuteInput in, Optional<Integer> port, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        return port.isEmpty() ? List.of() : read(in.getInTable(port.get()), progress);
    }

    /**
     * Reads rules. Without a column {@code id} the RowID names a rule; without {@code applies to} it applies to all
     * problems.
     *
     * @param progress asked before each row whether to stop
     * @throws InvalidSettingsException if the column with the text is missing
     */
    public static List<Rule> read(BufferedDataTable table, Progress progress)
            throws InvalidSettingsException, CanceledJobException {
        DataTableSpec spec = table.getDataTableSpec();
        InputColumn id = InputColumn.optional(TABLE, spec, ID);
        InputColumn text = InputColumn.text(TABLE, spec, TEXTS);
        InputColumn appliesTo = InputColumn.optional(TABLE, spec, APPLIES_TO);
        List<Rule> rules = new ArrayList<>();
        for (DataRow row : table) {
            progress.checkCanceled();
            String name = id.textOrNull(row);
            rules.add(new Rule(
                    name == null ? row.getKey().getString() : name, text.text(row), appliesTo.textOrNull(row)));
        }
        return List.copyOf(rules);
    }
}
