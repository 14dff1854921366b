package org.realm4knime.nodes.table;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.realm4knime.nodes.port.EndpointDescription;
import org.realm4knime.nodes.port.LanguageModelPortObject;

/**
 * Rows without an answer because a server gave none. A node that has them is worth executing again: answers are kept,
 * so that only the questions of these rows are asked.
 */
public final class Unanswered {

    /** Where a table of questions has a column of that name, the nodes' own gets a number. */
    private static final Pattern ERROR = Pattern.compile(RouteTable.ERROR + "( \\(#\\d+\\))?");

    private Unanswered() {}

    /**
     * Whether a node that asked a model on a server has rows with an error.
     *
     * @param inputs what the node was given
     * @param outputs what it gave
     */
    public static boolean in(List<PortObject> inputs, List<PortObject> outputs) {
        return inputs.stream().anyMatch(Unanswered::isEndpoint)
                && outputs.stream().anyMatch(output -> output instanceof BufferedDataTable table && hasErrors(table));
    }

    private static boolean isEndpoint(PortObject input) {
        return input instanceof LanguageModelPortObject model
                && model.getSpec().description() instanceof EndpointDescription;
    }

    private static boolean hasErrors(BufferedDataTable table) {
        DataTableSpec spec = table.getDataTableSpec();
        int[] columns = IntStream.range(0, spec.getNumColumns())
                .filter(i -> ERROR.matcher(spec.getColumnSpec(i).getName()).matches())
                .toArray();
        if (columns.length > 0) {
            for (DataRow row : table) {
                if (IntStream.of(columns).anyMatch(i -> !row.getCell(i).isMissing())) {
                    return true;
                }
            }
        }
        return false;
    }
}
