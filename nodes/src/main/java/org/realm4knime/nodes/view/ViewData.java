package org.realm4knime.nodes.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultView.ViewInput;

/** What a page is given: the node's internal tables, column by column. */
public final class ViewData {

    /** More rows than a person looks at in a page, and than a browser should be sent. */
    private static final int MAX_ROWS = 20_000;

    private ViewData() {}

    /**
     * Internal tables as maps from column name to values, which become JSON: text, numbers, true and false, null where
     * missing.
     *
     * @param input the view's input
     * @param names what the page calls the tables, in the order in which the node set them; a node that was executed by an
     *     earlier version may have set fewer
     * @throws IllegalStateException with a text that the page shows, if the node kept nothing: so it is with an executed
     *     node on a branch that was not active
     */
    public static Map<String, Map<String, List<Object>>> of(ViewInput input, String... names) {
        if (input.getInternalPortObjects() == null) {
            throw new IllegalStateException("This node has made nothing: it is on a branch that was not active.");
        }
        BufferedDataTable[] tables = input.getInternalTables();
        Map<String, Map<String, List<Object>>> data = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.length, tables.length); i++) {
            data.put(names[i], columns(tables[i]));
        }
        return data;
    }

    private static Map<String, List<Object>> columns(BufferedDataTable table) {
        DataTableSpec spec = table.getDataTableSpec();
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        for (String name : spec.getColumnNames()) {
            columns.put(name, new ArrayList<>());
        }
        try (CloseableRowIterator rows = table.iterator()) {
            for (int count = 0; count < MAX_ROWS && rows.hasNext(); count++) {
                DataRow row = rows.next();
                for (int i = 0; i < row.getNumCells(); i++) {
                    columns.get(spec.getColumnSpec(i).getName()).add(json(row.getCell(i)));
                }
            }
        }
        return columns;
    }

    private static Object json(DataCell cell) {
        if (cell.isMissing()) {
            return null;
        }
        if (cell instanceof BooleanValue value) {
            return value.getBooleanValue();
        }
        if (cell instanceof DoubleValue value) {
            // JSON has no NaN and no infinity
            return Double.isFinite(value.getDoubleValue()) ? value.getDoubleValue() : null;
        }
        return cell.toString();
    }
}
