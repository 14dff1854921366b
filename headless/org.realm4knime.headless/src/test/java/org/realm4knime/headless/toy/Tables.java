package org.realm4knime.headless.toy;

import java.util.List;
import java.util.stream.IntStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** Tables of the toy nodes. */
final class Tables {

    private Tables() {}

    static DataTableSpec spec(List<String> names, DataType... types) {
        return new DataTableSpec(IntStream.range(0, types.length)
                .mapToObj(i -> new DataColumnSpecCreator(names.get(i), types[i]).createSpec())
                .toArray(DataColumnSpec[]::new));
    }

    static BufferedDataTable of(
            DataTableSpec spec, List<? extends List<? extends DataCell>> rows, ExecutionContext exec) {
        BufferedDataContainer container = exec.createDataContainer(spec);
        for (int i = 0; i < rows.size(); i++) {
            container.addRowToTable(
                    new DefaultRow(RowKey.createRowKey(i), rows.get(i).toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }
}
