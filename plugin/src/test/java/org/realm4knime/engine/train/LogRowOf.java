package org.realm4knime.engine.train;

/** Rows of a training log for tests. */
final class LogRowOf {

    private static final double NONE = Double.NaN;

    private LogRowOf() {}

    /** A step without routes. */
    static LogRow reward(int step, double right, double truncated, double flawed, double length) {
        return row(step, right, 1, 0, truncated, flawed, length);
    }

    /** A step in which all prompts show routes. */
    static LogRow guided(int step, double right, double routes) {
        return row(step, right, right, NONE, routes, 1, 1, 0, 0, 0, 60);
    }

    static LogRow row(
            int step,
            double reward,
            double format,
            double zeroVariance,
            double truncated,
            double flawed,
            double length) {
        return row(step, reward, NONE, reward, 0, 0, format, zeroVariance, truncated, flawed, length);
    }

    private static LogRow row(
            int step,
            double reward,
            double guided,
            double unguided,
            double routes,
            double guidedShare,
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
                guided,
                unguided,
                0,
                routes,
                0,
                guidedShare,
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
