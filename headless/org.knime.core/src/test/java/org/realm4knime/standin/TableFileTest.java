package org.realm4knime.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.knime.core.node.ExecutionContext;

class TableFileTest {

    @TempDir
    private Path folder;

    private static DataColumnSpec column(String name, DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        ExecutionContext exec = new ExecutionContext(new Progress(), new FileStores(folder));
        BufferedDataContainer rows = exec.createDataContainer(new DataTableSpec(
                column("s", StringCell.TYPE),
                column("b", BooleanCell.TYPE),
                column("i", IntCell.TYPE),
                column("l", LongCell.TYPE),
                column("d", DoubleCell.TYPE)));
        rows.addRowToTable(new DefaultRow(
                new RowKey("1"),
                new StringCell("x".repeat(70_000) + "\u00e4\n"),
                BooleanCell.TRUE,
                new IntCell(-1),
                new LongCell(1L << 40),
                new DoubleCell(Double.NaN)));
        rows.addRowToTable(new DefaultRow(
                new RowKey("2"),
                DataType.getMissingCell(),
                BooleanCell.FALSE,
                DataType.getMissingCell(),
                new LongCell(0),
                new DoubleCell(0.1)));
        rows.close();
        BufferedDataTable table = rows.getTable();
        Path file = folder.resolve("port-1.table");

        TableFile.write(table, file);
        BufferedDataTable copy = TableFile.read(file, exec);

        assertThat(copy.getDataTableSpec()).isEqualTo(table.getDataTableSpec());
        assertThat(copy).containsExactlyElementsOf(table);
    }

    /** The file was written when specs still told the domains of their columns; results of old runs can be reused. */
    @Test
    void readsFilesThatTellDomains() throws Exception {
        ExecutionContext exec = new ExecutionContext(new Progress(), new FileStores(folder));
        Path file =
                Path.of(getClass().getResource("/samples/with-domains.table").toURI());

        BufferedDataTable table = TableFile.read(file, exec);

        assertThat(table.getDataTableSpec().getColumnNames()).containsExactly("text", "number");
        assertThat(table)
                .extracting(row -> row.getCell(1))
                .containsExactly(new IntCell(1), new IntCell(2), new IntCell(3));
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path file = Files.write(folder.resolve("no.table"), new byte[20]);

        assertThatThrownBy(() -> TableFile.read(file, new ExecutionContext(new Progress(), new FileStores(folder))))
                .isInstanceOf(IOException.class);
    }
}
