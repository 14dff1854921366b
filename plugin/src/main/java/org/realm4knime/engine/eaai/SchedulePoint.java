package org.realm4knime.engine.eaai;

import org.realm4knime.engine.EngineException;

/**
 * A row of a schedule's table. The columns after guidance are filled in every row of an adaptive schedule, whose
 * guidance is then the most it may be, and in no row of any other.
 *
 * @param progress share of the training that is done, in [0, 1]
 * @param guidance g at this progress, in [0, 1]
 * @param threshold the mean reward that must hold before g is lowered; NaN if not adaptive
 * @param decrement by how much g is lowered at a time, in (0, 1]; NaN if not adaptive
 * @param window over how many steps the reward must hold, at least 1; 0 if not adaptive
 */
public record SchedulePoint(double progress, double guidance, double threshold, double decrement, int window) {

    /** Checks the progress and the rate. */
    public SchedulePoint {
        if (!(progress >= 0 && progress <= 1)) {
            throw new EngineException("The schedule has a row with progress " + progress
                    + ". Progress is the share of the training that is done: give a number from 0 to 1.");
        }
        if (!(guidance >= 0 && guidance <= 1)) {
            throw new EngineException("The schedule has guidance " + guidance + " at progress " + progress
                    + ". Guidance is a share: give a number from 0 to 1.");
        }
    }

    /**
     * A point of a schedule that follows progress alone.
     *
     * @param progress share of the training that is done, in [0, 1]
     * @param guidance g at this progress, in [0, 1]
     * @return the point, not adaptive
     */
    public static SchedulePoint of(double progress, double guidance) {
        return new SchedulePoint(progress, guidance, Double.NaN, Double.NaN, 0);
    }

    /**
     * Whether the row belongs to an adaptive schedule.
     *
     * @return true if it has a threshold
     */
    public boolean adaptive() {
        return !Double.isNaN(threshold);
    }
}
