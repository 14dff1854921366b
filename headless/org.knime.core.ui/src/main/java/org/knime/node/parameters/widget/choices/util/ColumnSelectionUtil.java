package org.knime.node.parameters.widget.choices.util;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.NodeParametersInput;

/** Finds columns of the input. Data ports count from 0; without a table at the port there are no columns. */
public final class ColumnSelectionUtil {

    private ColumnSelectionUtil() {}

    public static List<DataColumnSpec> getAllColumns(final NodeParametersInput context, final int portIndex) {
        return columns(context, portIndex).toList();
    }

    public static List<DataColumnSpec> getAllColumnsOfFirstPort(final NodeParametersInput context) {
        return getAllColumns(context, 0);
    }

    public static Optional<DataColumnSpec> getFirstColumn(final NodeParametersInput context, final int portIndex) {
        return columns(context, portIndex).findFirst();
    }

    public static Optional<DataColumnSpec> getFirstColumnOfFirstPort(final NodeParametersInput context) {
        return getFirstColumn(context, 0);
    }

    public static List<DataColumnSpec> getFilteredColumns(
            final NodeParametersInput context, final int portIndex, final Predicate<DataColumnSpec> filter) {
        return columns(context, portIndex).filter(filter).toList();
    }

    /** The columns that can be read by one of the values. */
    @SafeVarargs
    public static List<DataColumnSpec> getCompatibleColumns(
            final NodeParametersInput context, final int portIndex, final Class<? extends DataValue>... valueClasses) {
        return getFilteredColumns(context, portIndex, compatible(valueClasses));
    }

    @SafeVarargs
    public static List<DataColumnSpec> getCompatibleColumnsOfFirstPort(
            final NodeParametersInput context, final Class<? extends DataValue>... valueClasses) {
        return getCompatibleColumns(context, 0, valueClasses);
    }

    public static List<DataColumnSpec> getStringColumns(final NodeParametersInput context, final int portIndex) {
        return getCompatibleColumns(context, portIndex, StringValue.class);
    }

    public static List<DataColumnSpec> getStringColumnsOfFirstPort(final NodeParametersInput context) {
        return getStringColumns(context, 0);
    }

    public static List<DataColumnSpec> getStringColumns(final DataTableSpec inSpec) {
        return getCompatibleColumns(inSpec, StringValue.class);
    }

    public static Optional<DataColumnSpec> getFirstStringColumn(final DataTableSpec inSpec) {
        return getFirstCompatibleColumn(inSpec, StringValue.class);
    }

    public static List<DataColumnSpec> getDoubleColumns(final NodeParametersInput context, final int portIndex) {
        return getCompatibleColumns(context, portIndex, DoubleValue.class);
    }

    public static List<DataColumnSpec> getDoubleColumnsOfFirstPort(final NodeParametersInput context) {
        return getDoubleColumns(context, 0);
    }

    public static List<DataColumnSpec> getDoubleColumns(final DataTableSpec inSpec) {
        return getCompatibleColumns(inSpec, DoubleValue.class);
    }

    @SafeVarargs
    public static List<DataColumnSpec> getCompatibleColumns(
            final DataTableSpec spec, final Class<? extends DataValue>... valueClasses) {
        return columns(spec).filter(compatible(valueClasses)).toList();
    }

    @SafeVarargs
    public static Optional<DataColumnSpec> getFirstCompatibleColumn(
            final DataTableSpec spec, final Class<? extends DataValue>... valueClasses) {
        return columns(spec).filter(compatible(valueClasses)).findFirst();
    }

    private static Stream<DataColumnSpec> columns(final NodeParametersInput context, final int portIndex) {
        return columns(context.getInTableSpec(portIndex).orElse(null));
    }

    private static Stream<DataColumnSpec> columns(final DataTableSpec spec) {
        return spec == null ? Stream.empty() : spec.stream();
    }

    private static Predicate<DataColumnSpec> compatible(final Class<? extends DataValue>[] valueClasses) {
        return column -> Arrays.stream(valueClasses).anyMatch(column.getType()::isCompatible);
    }
}
