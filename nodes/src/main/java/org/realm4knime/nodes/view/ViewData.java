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
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView.ViewInput;

/** What a page is given: the node's internal tables, column by column. */
public final class ViewData {

    /** More rows than a person looks at in a page, and than a browser should be sent. */
    private static final int MAX_ROWS = 20_000;

    /** The same for the characters of a table's texts. */
    private static final long MAX_CHARACTERS = 12_000_000;

    private static final String CUT = "cut";

    private record Columns(Map<String, List<Object>> values, boolean whole) {}

    private ViewData() {}

    /**
     * Internal tables as maps from column name to values, which become JSON: text, numbers, true and false, null where
     * missing. Beside them stands the list {@value #CUT}: the names of the tables that are too long to be given whole.
     *
     * @param input the view's input
     * @param names what the page calls the tables, in the order in which the node set them; a node may set fewer
     * @return empty if the node kept nothing, as one on an inactive branch
     */
    public static Map<String, Object> of(ViewInput input, String... names) {
        PortObject[] objects = input.getInternalPortObjects();
        if (objects == null) {
            return Map.of();
        }
        Map<String, Object> data = new LinkedHashMap<>();
        List<String> cut = new ArrayList<>();
        for (int i = 0; i < Math.min(names.length, objects.length); i++) {
            if (objects[i] instanceof BufferedDataTable table) {
                Columns columns = columns(table);
                data.put(names[i], columns.values());
                if (!columns.whole()) {
                    cut.add(names[i]);
                }
            }
        }
        if (!data.isEmpty()) {
            data.put(CUT, cut);
        }
        return data;
    }

    private static Columns columns(BufferedDataTable table) {
        DataTableSpec spec = table.getDataTableSpec();
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        for (String name : spec.getColumnNames()) {
            columns.put(name, new ArrayList<>());
        }
        int count = 0;
        long characters = 0;
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext() && count < MAX_ROWS && characters < MAX_CHARACTERS) {
                DataRow row = rows.next();
                for (int i = 0; i < row.getNumCells(); i++) {
                    Object value = json(row.getCell(i));
                    characters += value instanceof String text ? text.length() : 0;
                    columns.get(spec.getColumnSpec(i).getName()).add(value);
                }
                count++;
            }
        }
        return new Columns(columns, count == table.size());
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
