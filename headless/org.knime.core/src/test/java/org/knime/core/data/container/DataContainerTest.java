package org.knime.core.data.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingCell;
import org.knime.core.data.MissingValue;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.util.DuplicateKeyException;

class DataContainerTest {

    private static final DataTableSpec SPEC =
            new DataTableSpec(new String[] {"text", "number"}, new DataType[] {StringCell.TYPE, DoubleCell.TYPE});

    @Test
    void refusesRowsThatDoNotFit() {
        final DataContainer container = new DataContainer(SPEC);
        container.addRowToTable(row("a", 1));

        assertThatThrownBy(() -> container.addRowToTable(row("a", 1)))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> container.addRowToTable(new DefaultRow("b", new StringCell("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 cells");
        assertThatThrownBy(() -> container.addRowToTable(new DefaultRow("b", new IntCell(1), new DoubleCell(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"b\"", "\"text\"");
        container.close();
        assertThatThrownBy(() -> container.addRowToTable(row("c", 1))).isInstanceOf(IllegalStateException.class);
        assertThat(container.size()).isEqualTo(1);
    }

    @Test
    void collectsDomainsWithoutMissingValuesAndNaN() {
        final DataContainer container = new DataContainer(SPEC);
        container.addRowToTable(row("a", 3));
        container.addRowToTable(row("b", -2));
        container.addRowToTable(row("c", Double.NaN));
        container.addRowToTable(new DefaultRow("d", DataType.getMissingCell(), DataType.getMissingCell()));
        container.close();

        final DataColumnDomain numbers =
                container.getTableSpec().getColumnSpec(1).getDomain();
        assertThat(numbers.getLowerBound()).isEqualTo(new DoubleCell(-2));
        assertThat(numbers.getUpperBound()).isEqualTo(new DoubleCell(3));
        assertThat(numbers.hasValues()).isFalse();
        assertThat(container.getTableSpec().getColumnSpec(0).getDomain().getValues())
                .containsExactly(new StringCell("text a"), new StringCell("text b"), new StringCell("text c"));
    }

    @Test
    void listsNoMoreThanSixtyValues() {
        final DataContainer sixty = new DataContainer(SPEC);
        IntStream.range(0, 60).forEach(i -> sixty.addRowToTable(row("r" + i, i)));
        sixty.close();
        final DataContainer more = new DataContainer(SPEC);
        IntStream.range(0, 61).forEach(i -> more.addRowToTable(row("r" + i, i)));
        more.close();

        assertThat(sixty.getTableSpec().getColumnSpec(0).getDomain().getValues())
                .hasSize(60);
        assertThat(more.getTableSpec().getColumnSpec(0).getDomain().hasValues()).isFalse();
    }

    @Test
    void tablesCanBeReadTwice() {
        final DataContainer container = new DataContainer(SPEC);
        container.addRowToTable(row("a", 1));
        container.close();

        assertThat(container.getTable()).hasSize(1);
        assertThat(container.getTable()).extracting(r -> r.getKey().getString()).containsExactly("a");
    }

    @Test
    void readsBackWhatItWrites() throws Exception {
        final DataTableSpec spec = new DataTableSpec(
                new String[] {"s", "b", "i", "l", "d"},
                new DataType[] {StringCell.TYPE, BooleanCell.TYPE, IntCell.TYPE, LongCell.TYPE, DoubleCell.TYPE});
        final DataContainer container = new DataContainer(spec);
        container.addRowToTable(new DefaultRow(
                "1",
                new StringCell("x".repeat(70_000) + "\u00e4\n"),
                BooleanCell.TRUE,
                new IntCell(-1),
                new LongCell(1L << 40),
                new DoubleCell(Double.NaN)));
        container.addRowToTable(new DefaultRow(
                new RowKey("2"),
                new MissingCell("no reply"),
                BooleanCell.FALSE,
                DataType.getMissingCell(),
                new LongCell(0),
                new DoubleCell(0.1)));
        container.close();

        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataContainer.writeToStream(container.getTable(), out, new ExecutionMonitor());
        final ContainerTable copy = DataContainer.readFromStream(new ByteArrayInputStream(out.toByteArray()));

        assertThat(copy.getDataTableSpec()).isEqualTo(container.getTableSpec());
        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy).containsExactlyElementsOf(container.getTable());
        final var rows = copy.iterator();
        rows.next();
        assertThat(((MissingValue) rows.next().getCell(0)).getError()).isEqualTo("no reply");
    }

    @Test
    void saysWhatIsNoTableFileAndStopsWhenCanceled() {
        assertThatThrownBy(() -> DataContainer.readFromStream(new ByteArrayInputStream(new byte[20])))
                .isInstanceOf(IOException.class);
        final ExecutionMonitor exec = new ExecutionMonitor();
        exec.getProgressMonitor().setExecuteCanceled();
        final DataContainer container = new DataContainer(SPEC);
        container.addRowToTable(row("a", 1));
        container.close();
        assertThatThrownBy(() -> DataContainer.writeToStream(container.getTable(), new ByteArrayOutputStream(), exec))
                .isInstanceOf(CanceledExecutionException.class);
    }

    private static DefaultRow row(final String key, final double number) {
        return new DefaultRow(key, new StringCell("text " + key), new DoubleCell(number));
    }
}
