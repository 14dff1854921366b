package org.knime.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;

class BufferedDataContainerTest {

    private final BufferedDataContainer m_container = new BufferedDataContainer(new DataTableSpec(
            new DataColumnSpecCreator("text", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("number", DoubleCell.TYPE).createSpec()));

    private static DataRow row(final String key, final DataCell... cells) {
        return new DefaultRow(new RowKey(key), cells);
    }

    @Test
    void refusesRowsThatDoNotFit() {
        m_container.addRowToTable(row("a", new StringCell("x"), new DoubleCell(1)));

        assertThatThrownBy(() -> m_container.addRowToTable(row("a", new StringCell("x"), new DoubleCell(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> m_container.addRowToTable(row("b", new StringCell("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 cells");
        assertThatThrownBy(() -> m_container.addRowToTable(row("b", new IntCell(1), new DoubleCell(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"b\"", "\"text\"");
        assertThatThrownBy(m_container::getTable).isInstanceOf(IllegalStateException.class);
        m_container.close();
        assertThatThrownBy(() -> m_container.addRowToTable(row("c"))).isInstanceOf(IllegalStateException.class);
        assertThat(m_container.size()).isEqualTo(1);
    }

    @Test
    void tablesCanBeReadTwice() {
        m_container.addRowToTable(row("a", DataType.getMissingCell(), new IntCell(1)));
        m_container.close();
        final BufferedDataTable table = m_container.getTable();

        assertThat(table).hasSize(1);
        assertThat(table).extracting(r -> r.getKey().getString()).containsExactly("a");
        assertThat(table.getSummary()).isEqualTo("Rows: 1, Cols: 2");
    }
}
