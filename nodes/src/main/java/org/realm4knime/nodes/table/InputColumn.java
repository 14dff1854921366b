package org.realm4knime.nodes.table;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.Predicate;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.EngineException;

/** A column of an input table, found by its name, that gives values with messages naming row and column. */
final class InputColumn {

    private final String table;
    private final String name;
    private final int index;

    private InputColumn(String table, String name, int index) {
        this.table = table;
        this.name = name;
        this.index = index;
    }

    /**
     * A column that must be there, with text or numbers; numbers are read as text.
     *
     * @param table what the table is called in messages, for example {@code problems}
     * @throws InvalidSettingsException if it is not there
     */
    static InputColumn text(String table, DataTableSpec spec, String name) throws InvalidSettingsException {
        return find(
                table,
                spec,
                name,
                "text",
                type -> type.isCompatible(StringValue.class) || type.isCompatible(DoubleValue.class));
    }

    /** A column of numbers that must be there. */
    static InputColumn number(String table, DataTableSpec spec, String name) throws InvalidSettingsException {
        return find(table, spec, name, "numbers", type -> type.isCompatible(DoubleValue.class));
    }

    /** A column of true and false that must be there. */
    static InputColumn bool(String table, DataTableSpec spec, String name) throws InvalidSettingsException {
        return find(table, spec, name, "true and false", type -> type.isCompatible(BooleanValue.class));
    }

    /** A column that may be absent, and then has a missing value in every row. */
    static InputColumn optional(String table, DataTableSpec spec, String name) {
        return new InputColumn(table, name, spec.findColumnIndex(name));
    }

    private static InputColumn find(
            String table, DataTableSpec spec, String name, String content, Predicate<DataType> usable)
            throws InvalidSettingsException {
        int index = spec.findColumnIndex(name);
        if (index < 0) {
            throw new InvalidSettingsException(
                    "The %s table has no column '%s'. Choose another column in the dialog, or".formatted(table, name)
                            + " connect the right table. Its columns are: "
                            + String.join(", ", Arrays.asList(spec.getColumnNames())) + ".");
        }
        DataType type = spec.getColumnSpec(index).getType();
        if (!usable.test(type)) {
            throw new InvalidSettingsException("The column '%s' of the %s table holds %s, but %s is needed. Choose"
                            .formatted(name, table, type.getName(), content)
                    + " another column in the dialog, or convert it.");
        }
        return new InputColumn(table, name, index);
    }

    /** The text in a row. */
    String text(DataRow row) {
        String text = textOrNull(row);
        if (text == null) {
            throw missing(row);
        }
        return text;
    }

    /** The text in a row, or null if it is missing. */
    String textOrNull(DataRow row) {
        DataCell cell = cell(row);
        if (cell == null) {
            return null;
        }
        if (cell instanceof StringValue value) {
            return value.getStringValue();
        }
        if (cell instanceof LongValue value) {
            return Long.toString(value.getLongValue());
        }
        if (cell instanceof DoubleValue value && Double.isFinite(value.getDoubleValue())) {
            return BigDecimal.valueOf(value.getDoubleValue())
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return cell.toString();
    }

    /** The number in a row. */
    double number(DataRow row) {
        if (cell(row) == null) {
            throw missing(row);
        }
        return numberOrNaN(row);
    }

    /** The number in a row, or NaN if it is missing. */
    double numberOrNaN(DataRow row) {
        return cell(row) instanceof DoubleValue value ? value.getDoubleValue() : Double.NaN;
    }

    /** The whole number in a row, or {@code otherwise} if it is missing. */
    int integerOr(DataRow row, int otherwise) {
        return cell(row) instanceof IntValue value ? value.getIntValue() : otherwise;
    }

    /** The truth value in a row. */
    boolean bool(DataRow row) {
        if (cell(row) instanceof BooleanValue value) {
            return value.getBooleanValue();
        }
        throw missing(row);
    }

    /** The truth value in a row, also as text; false if it is missing. */
    boolean boolOrFalse(DataRow row) {
        return cell(row) instanceof BooleanValue value
                ? value.getBooleanValue()
                : Boolean.parseBoolean(String.valueOf(textOrNull(row)));
    }

    private DataCell cell(DataRow row) {
        if (index < 0 || row.getCell(index).isMissing()) {
            return null;
        }
        return row.getCell(index);
    }

    private EngineException missing(DataRow row) {
        return new EngineException("Row '%s' of the %s table has no value in column '%s'. Fill it in or remove the row."
                .formatted(row.getKey().getString(), table, name));
    }
}
