package org.realm4knime.nodes.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.nodes.schedule.InductionScheduleNodeParameters.Shape;
import org.realm4knime.nodes.table.ScheduleTable;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class InductionScheduleTest extends WorkflowTest {

    @Test
    void theTableIsTheScheduleOfTheSettings() throws Exception {
        BufferedDataTable table = workflow.node(new InductionScheduleNodeFactory())
                .set("initial", 0.8)
                .set("decay", 2.0)
                .result();
        InductionSchedule read = InductionSchedule.fromPoints(ScheduleTable.read(table));
        // 0.8 exp(-2 t), and 0 in the last quarter
        assertThat(read.rate(0.5)).isCloseTo(0.8 * Math.exp(-1), within(1e-6));
        assertThat(read.rate(0.76)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyShapeGoesFromTheInitialGuidanceToItsEnd(Shape shape) throws Exception {
        BufferedDataTable table = workflow.node(new InductionScheduleNodeFactory())
                .set("shape", shape)
                .result();
        assertThat(Tables.column(table, "guidance")).first().isEqualTo("1.0");
        assertThat(Tables.column(table, "guidance")).last().isEqualTo("0.0");
    }

    @Test
    void theViewIsGivenTheCurve() throws Exception {
        NodeRunner.Instance node = workflow.node(new InductionScheduleNodeFactory());
        node.result();
        assertThat(node.viewData())
                .contains("\"schedule\"")
                .contains("\"progress\"")
                .contains("\"threshold\":[null");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> workflow.node(new InductionScheduleNodeFactory())
                        .set("initial", 1.5)
                        .configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("1.5");
    }
}
