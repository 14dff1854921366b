package org.knime.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;

class DataTableSpecTest {

    private static final DataColumnSpec ID = new DataColumnSpecCreator("id", StringCell.TYPE).createSpec();
    private static final DataColumnSpec STEP = new DataColumnSpecCreator("step", IntCell.TYPE).createSpec();

    @Test
    void refusesTheSameColumnNameTwice() {
        assertThatThrownBy(() -> new DataTableSpec(ID, STEP, ID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"id\"");
    }

    @Test
    void makesColumnNamesUnique() {
        final DataTableSpec spec =
                new DataTableSpec(ID, new DataColumnSpecCreator("id (#1)", IntCell.TYPE).createSpec());

        assertThat(DataTableSpec.getUniqueColumnName(spec, "id")).isEqualTo("id (#2)");
        assertThat(DataTableSpec.getUniqueColumnName(spec, " answer ")).isEqualTo("answer");
    }

    @Test
    void numbersAreCompatibleUpwards() {
        assertThat(LongCell.TYPE.isASuperTypeOf(IntCell.TYPE)).isTrue();
        assertThat(DoubleCell.TYPE.isASuperTypeOf(LongCell.TYPE)).isTrue();
        assertThat(IntCell.TYPE.isASuperTypeOf(LongCell.TYPE)).isFalse();
        assertThat(StringCell.TYPE.isASuperTypeOf(DataType.getMissingCell().getType()))
                .isTrue();
        assertThat(BooleanCell.TYPE.isCompatible(DoubleValue.class)).isTrue();
        assertThat(StringCell.TYPE.isCompatible(DoubleValue.class)).isFalse();
        assertThat(IntCell.TYPE).hasToString("Number (Integer)");
    }

    @Test
    void cellsAreEqualByTypeAndValue() {
        assertThat(new IntCell(1)).isEqualTo(new IntCell(1)).isNotEqualTo(new LongCell(1));
        assertThat(new DoubleCell(Double.NaN)).isEqualTo(new DoubleCell(Double.NaN));
        assertThat(new DoubleCell(0.0)).isEqualTo(new DoubleCell(-0.0)).hasSameHashCodeAs(new DoubleCell(-0.0));
        assertThat(DataType.getMissingCell()).isNotEqualTo(new StringCell("?")).hasToString("?");
    }
}
