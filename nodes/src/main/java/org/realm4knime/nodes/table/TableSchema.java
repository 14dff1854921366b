package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/**
 * How objects of the engine become the rows of a table: its columns, in order, and the cell each takes from an object.
 *
 * @param <T> the objects
 */
public final class TableSchema<T> {

    private record Column<T>(String name, DataType type, Function<T, DataCell> cell) {}

    private final List<Column<T>> columns;

    private TableSchema(List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Starts a schema. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** Spec of the table. */
    public DataTableSpec spec() {
        return new DataTableSpec(columns.stream().map(TableSchema::columnSpec).toArray(DataColumnSpec[]::new));
    }

    private static DataColumnSpec columnSpec(Column<?> column) {
        return new DataColumnSpecCreator(column.name(), column.type()).createSpec();
    }

    /**
     * Writes a table.
     *
     * @param rows a row each
     * @throws CanceledExecutionException if the user cancelled the node
     */
    public BufferedDataTable write(List<T> rows, ExecutionContext exec) throws CanceledExecutionException {
        BufferedDataContainer container = exec.createDataContainer(spec());
        try {
            for (T row : rows) {
                exec.checkCanceled();
                add(row, container);
            }
        } finally {
            container.close();
        }
        return container.getTable();
    }

    /** Writes a table of what there is although the user cancelled the node. */
    public BufferedDataTable writeCanceled(List<T> rows, ExecutionContext exec) {
        BufferedDataContainer container = exec.createDataContainer(spec());
        try {
            rows.forEach(row -> add(row, container));
        } finally {
            container.close();
        }
        return container.getTable();
    }

    private void add(T row, BufferedDataContainer container) {
        DataCell[] cells = columns.stream().map(c -> c.cell().apply(row)).toArray(DataCell[]::new);
        container.addRowToTable(new DefaultRow(RowKey.createRowKey(container.size()), cells));
    }

    /** The cells of one object, for tables that append them to other columns. */
    List<DataCell> cells(T row) {
        return columns.stream().map(c -> c.cell().apply(row)).toList();
    }

    /**
     * Collects the columns of a schema. A text that is null and a number that is NaN become missing values.
     *
     * @param <T> the objects
     */
    public static final class Builder<T> {

        private final List<Column<T>> columns = new ArrayList<>();

        public Builder<T> text(String name, Function<T, String> value) {
            return add(name, StringCell.TYPE, row -> {
                String text = value.apply(row);
                return text == null ? DataType.getMissingCell() : new StringCell(text);
            });
        }

        public Builder<T> number(String name, ToDoubleFunction<T> value) {
            return add(name, DoubleCell.TYPE, row -> {
                double number = value.applyAsDouble(row);
                return Double.isNaN(number) ? DataType.getMissingCell() : new DoubleCell(number);
            });
        }

        public Builder<T> integer(String name, ToIntFunction<T> value) {
            return add(name, IntCell.TYPE, row -> new IntCell(value.applyAsInt(row)));
        }

        public Builder<T> count(String name, ToLongFunction<T> value) {
            return add(name, LongCell.TYPE, row -> new LongCell(value.applyAsLong(row)));
        }

        public Builder<T> bool(String name, Predicate<T> value) {
            return add(name, BooleanCell.TYPE, row -> BooleanCell.get(value.test(row)));
        }

        private Builder<T> add(String name, DataType type, Function<T, DataCell> cell) {
            columns.add(new Column<>(name, type, cell));
            return this;
        }

        public TableSchema<T> build() {
            return new TableSchema<>(columns);
        }
    }
}
