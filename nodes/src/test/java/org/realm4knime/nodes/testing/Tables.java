package org.realm4knime.nodes.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** Builds tables for tests and reads them back. */
public final class Tables {

    private Tables() {}

    /**
     * A table.
     *
     * @param columns names, with the type of the first value below each: text, int, double or true and false
     * @param rows values; null is missing
     */
    public static BufferedDataTable of(ExecutionContext exec, List<String> columns, List<? extends List<?>> rows) {
        DataColumnSpec[] specs = IntStream.range(0, columns.size())
                .mapToObj(i -> new DataColumnSpecCreator(columns.get(i), type(rows, i)).createSpec())
                .toArray(DataColumnSpec[]::new);
        BufferedDataContainer container = exec.createDataContainer(new DataTableSpec(specs));
        for (int i = 0; i < rows.size(); i++) {
            DataCell[] cells = rows.get(i).stream().map(Tables::cell).toArray(DataCell[]::new);
            container.addRowToTable(new DefaultRow(RowKey.createRowKey((long) i), cells));
        }
        container.close();
        return container.getTable();
    }

    private static DataType type(List<? extends List<?>> rows, int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(value -> value != null)
                .findFirst()
                .map(value -> cell(value).getType())
                .orElse(StringCell.TYPE);
    }

    private static DataCell cell(Object value) {
        if (value == null) {
            return DataType.getMissingCell();
        }
        if (value instanceof Integer number) {
            return new IntCell(number);
        }
        if (value instanceof Double number) {
            return new DoubleCell(number);
        }
        if (value instanceof Boolean flag) {
            return BooleanCell.get(flag);
        }
        return new StringCell(value.toString());
    }

    /** The texts of a column; null where missing. */
    public static List<String> column(BufferedDataTable table, String name) {
        int index = table.getDataTableSpec().findColumnIndex(name);
        List<String> texts = new ArrayList<>();
        for (DataRow row : table) {
            DataCell cell = row.getCell(index);
            texts.add(cell.isMissing() ? null : cell.toString());
        }
        return texts;
    }

    /** The rows, with their keys, as text. */
    public static List<String> rows(BufferedDataTable table) {
        List<String> texts = new ArrayList<>();
        for (DataRow row : table) {
            texts.add(row.getKey() + ": " + row.stream().map(DataCell::toString).toList());
        }
        return texts;
    }

    /** Names of the columns. */
    public static Stream<String> names(BufferedDataTable table) {
        return table.getDataTableSpec().stream().map(DataColumnSpec::getName);
    }
}
