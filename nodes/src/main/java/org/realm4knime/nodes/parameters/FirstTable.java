package org.realm4knime.nodes.parameters;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.ColumnChoicesProvider;
import org.realm4knime.engine.problem.file.Values;

/**
 * The table at a node's first table port, which in every node is the one whose columns the user chooses. While nothing
 * is connected there, it is not known: the table of another port must not stand in for it.
 */
public final class FirstTable {

    private FirstTable() {}

    /** Its spec, if it is connected. */
    public static Optional<DataTableSpec> spec(NodeParametersInput input) {
        List<PortType> types = Arrays.asList(input.getInPortTypes());
        int port = types.indexOf(BufferedDataTable.TYPE);
        return port < 0
                ? Optional.empty()
                : input.getInPortSpec(port)
                        .filter(DataTableSpec.class::isInstance)
                        .map(DataTableSpec.class::cast);
    }

    /**
     * Guesses a column.
     *
     * @param table the table, if it is connected
     * @param usual name that this extension gives the column
     * @param others names that other sources give it, in order of preference
     * @return the column whose name fits best, without regard to case, spaces, hyphens and
     *     underscores; the usual name if none does
     */
    public static String guess(Optional<DataTableSpec> table, String usual, String... others) {
        List<String> names = table.map(spec -> List.of(spec.getColumnNames())).orElse(List.of());
        return Stream.concat(Stream.of(usual), Arrays.stream(others))
                .flatMap(wanted -> names.stream().filter(name -> Values.sameName(name, wanted)))
                .findFirst()
                .orElse(usual);
    }

    /**
     * Finds a column that may be missing.
     *
     * @param table the table, if it is connected
     * @param usual name that this extension gives the column
     * @return the column of that name, without regard to case, spaces, hyphens and underscores; the usual name if no
     *     table is connected; empty if the table lacks it
     */
    public static Optional<String> find(Optional<DataTableSpec> table, String usual) {
        return table.isEmpty()
                ? Optional.of(usual)
                : Arrays.stream(table.get().getColumnNames())
                        .filter(name -> Values.sameName(name, usual))
                        .findFirst();
    }

    /** Offers the columns with text, numbers, or true and false. */
    public static final class Columns implements ColumnChoicesProvider {

        @Override
        public List<DataColumnSpec> columnChoices(NodeParametersInput input) {
            return spec(input).stream()
                    .flatMap(DataTableSpec::stream)
                    .filter(column -> column.getType().isCompatible(StringValue.class)
                            || column.getType().isCompatible(DoubleValue.class)
                            || column.getType().isCompatible(BooleanValue.class))
                    .toList();
        }
    }
}
