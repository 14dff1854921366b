package org.realm4knime.nodes.table;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.eaai.SchedulePoint;

/**
 * An induction schedule as a table: progress, guidance, and for an adaptive schedule threshold, decrement and window.
 */
public final class ScheduleTable {

    private static final String PROGRESS = "progress";
    private static final String GUIDANCE = "guidance";
    private static final String THRESHOLD = "threshold";
    private static final String DECREMENT = "decrement";
    private static final String WINDOW = "window";

    /** How the points of a schedule are written. */
    public static final TableSchema<SchedulePoint> SCHEMA = TableSchema.<SchedulePoint>builder()
            .number(PROGRESS, SchedulePoint::progress)
            .number(GUIDANCE, SchedulePoint::guidance)
            .number(THRESHOLD, SchedulePoint::threshold)
            .number(DECREMENT, SchedulePoint::decrement)
            .integer(WINDOW, SchedulePoint::window)
            .build();

    private static final String TABLE = "schedule";

    private ScheduleTable() {}

    /**
     * Checks that a table has the columns progress and guidance.
     *
     * @throws InvalidSettingsException naming the column that is missing
     */
    public static void check(DataTableSpec spec) throws InvalidSettingsException {
        InputColumn.number(TABLE, spec, PROGRESS);
        InputColumn.number(TABLE, spec, GUIDANCE);
    }

    /**
     * Reads the points of a schedule.
     *
     * @throws InvalidSettingsException if a column is missing
     */
    public static List<SchedulePoint> read(BufferedDataTable table) throws InvalidSettingsException {
        DataTableSpec spec = table.getDataTableSpec();
        InputColumn progress = InputColumn.number(TABLE, spec, PROGRESS);
        InputColumn guidance = InputColumn.number(TABLE, spec, GUIDANCE);
        InputColumn threshold = InputColumn.optional(TABLE, spec, THRESHOLD);
        InputColumn decrement = InputColumn.optional(TABLE, spec, DECREMENT);
        InputColumn window = InputColumn.optional(TABLE, spec, WINDOW);
        List<SchedulePoint> points = new ArrayList<>();
        for (DataRow row : table) {
            points.add(new SchedulePoint(
                    progress.number(row),
                    guidance.number(row),
                    threshold.numberOrNaN(row),
                    decrement.numberOrNaN(row),
                    window.integerOr(row, 0)));
        }
        return List.copyOf(points);
    }
}
