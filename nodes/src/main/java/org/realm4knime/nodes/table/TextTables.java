package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.problem.file.Values;

/** Tables with texts of a domain: in all columns of text but ids, or in columns of given names. */
public final class TextTables {

    private static final String TABLE = "texts";
    private static final List<String> IDS = List.of(ProblemTable.ID, RouteTable.PROBLEM_ID);

    private TextTables() {}

    /**
     * Checks that the tables have texts.
     *
     * @param tables specs of the tables, at least one
     * @param names names of columns, separated by commas; empty for all columns of text
     * @throws InvalidSettingsException if no table has a column of one of the names, or a table has no column that is
     *     used
     */
    public static void check(List<DataTableSpec> tables, String names) throws InvalidSettingsException {
        for (String name : names(names)) {
            if (tables.stream().noneMatch(table -> has(table, name))) {
                // says which columns there are
                InputColumn.text(TABLE, tables.get(0), name);
            }
        }
        for (DataTableSpec table : tables) {
            if (columns(table, names).isEmpty()) {
                throw new InvalidSettingsException(
                        "A texts table has no column %s. Its columns are: %s. Connect a table with texts,"
                                        .formatted(
                                                names.isBlank() ? "of text" : "that the setting Text columns names",
                                                String.join(", ", table.getColumnNames()))
                                + " or change the setting Text columns.");
            }
        }
    }

    /**
     * Reads the texts row by row.
     *
     * @param tables at least one
     * @param names see {@link #check}
     * @param exec asked whether the user cancelled the node
     * @param row takes the texts of a row, without missing ones
     */
    public static void read(
            List<BufferedDataTable> tables, String names, ExecutionMonitor exec, Consumer<List<String>> row)
            throws InvalidSettingsException, CanceledExecutionException {
        for (BufferedDataTable table : tables) {
            List<InputColumn> columns = columns(table.getDataTableSpec(), names);
            for (DataRow cells : table) {
                exec.checkCanceled();
                row.accept(columns.stream()
                        .map(column -> column.textOrNull(cells))
                        .filter(Objects::nonNull)
                        .toList());
            }
        }
    }

    private static List<InputColumn> columns(DataTableSpec table, String names) throws InvalidSettingsException {
        List<InputColumn> columns = new ArrayList<>();
        List<String> wanted = names.isBlank()
                ? table.stream()
                        .filter(column -> column.getType().isCompatible(StringValue.class))
                        .map(DataColumnSpec::getName)
                        .filter(name -> IDS.stream().noneMatch(id -> Values.sameName(id, name)))
                        .toList()
                : names(names).stream().filter(name -> has(table, name)).toList();
        for (String name : wanted) {
            columns.add(InputColumn.text(TABLE, table, name));
        }
        return columns;
    }

    private static List<String> names(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean has(DataTableSpec table, String name) {
        return Arrays.stream(table.getColumnNames()).anyMatch(column -> Values.sameName(column, name));
    }
}
