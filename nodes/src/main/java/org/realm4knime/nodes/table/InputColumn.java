package org.realm4knime.nodes.table;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.file.Values;

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
     * A column that must be there, with text, numbers, or true and false, all of which are read as text.
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
                type -> type.isCompatible(StringValue.class)
                        || type.isCompatible(DoubleValue.class)
                        || type.isCompatible(BooleanValue.class));
    }

    /** As the other, by the first of several names that the table has. */
    static InputColumn text(String table, DataTableSpec spec, List<String> names) throws InvalidSettingsException {
        return text(table, spec, first(spec, names).orElse(names.get(0)));
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
        return new InputColumn(table, name, index(spec, name));
    }

    /** As the other, by the first of several names that the table has. */
    static InputColumn optional(String table, DataTableSpec spec, List<String> names) {
        return optional(table, spec, first(spec, names).orElse(names.get(0)));
    }

    private static Optional<String> first(DataTableSpec spec, List<String> names) {
        return names.stream().filter(name -> index(spec, name) >= 0).findFirst();
    }

    /** The column of this name, or else the first whose name differs only in case, spaces, hyphens and underscores. */
    private static int index(DataTableSpec spec, String name) {
        int exact = spec.findColumnIndex(name);
        return exact >= 0
                ? exact
                : IntStream.range(0, spec.getNumColumns())
                        .filter(i -> Values.sameName(spec.getColumnSpec(i).getName(), name))
                        .findFirst()
                        .orElse(-1);
    }

    private static InputColumn find(
            String table, DataTableSpec spec, String name, String content, Predicate<DataType> usable)
            throws InvalidSettingsException {
        int index = index(spec, name);
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
        // before numbers, as which true would be 1
        if (cell instanceof BooleanValue value) {
            return Boolean.toString(value.getBooleanValue());
        }
        if (cell instanceof LongValue value) {
            return Long.toString(value.getLongValue());
        }
        if (cell instanceof DoubleValue value) {
            return text(value.getDoubleValue());
        }
        return cell.toString();
    }

    private static String text(double number) {
        if (Double.isNaN(number)) {
            return null;
        }
        return Double.isInfinite(number)
                ? Double.toString(number)
                : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
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

    /** The whole number in a row, also as a double, as Excel has it; {@code otherwise} if it is missing. */
    int integerOr(DataRow row, int otherwise) {
        return cell(row) instanceof DoubleValue value && !Double.isNaN(value.getDoubleValue())
                ? (int) value.getDoubleValue()
                : otherwise;
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
