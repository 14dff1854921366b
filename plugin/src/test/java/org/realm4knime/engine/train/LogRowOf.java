package org.realm4knime.engine.train;

/** Rows of a training log for tests. */
final class LogRowOf {

    private static final double NONE = Double.NaN;

    private LogRowOf() {}

    /** A step without routes. */
    static LogRow reward(int step, double right, double truncated, double flawed, double length) {
        return row(step, right, 1, 0, truncated, flawed, length);
    }

    static LogRow row(
            int step,
            double reward,
            double format,
            double zeroVariance,
            double truncated,
            double flawed,
            double length) {
        return new LogRow(
                step,
                0,
                reward,
                reward,
                NONE,
                format,
                NONE,
                reward,
                0,
                0,
                0,
                0,
                0,
                zeroVariance,
                truncated,
                flawed,
                length,
                NONE,
                NONE,
                1,
                1,
                0,
                1e-4,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                1000,
                Budget.NONE);
    }
}
