package org.realm4knime.engine.train;

/** Rows of a training log for tests. */
public final class LogRowOf {

    private static final double NONE = Double.NaN;

    private LogRowOf() {}

    /** A supervised step. */
    public static LogRow supervised(int step) {
        return row(step, RolloutFigures.NONE, HelpFigures.NONE, 3);
    }

    /** A step without routes. */
    public static LogRow reward(int step, double right, double truncated, double flawed, double length) {
        return row(step, right, 1, 0, truncated, flawed, length);
    }

    /** A step of a supervised training. */
    public static LogRow loss(int step, double loss) {
        return new LogRow(
                step,
                loss,
                1,
                1,
                1e-4,
                10,
                RolloutFigures.NONE,
                HelpFigures.NONE,
                PolicyFigures.NONE,
                HeldOutFigures.NONE,
                1000,
                Budget.NONE);
    }

    /** A step in which all prompts show routes. */
    public static LogRow guided(int step, double right, double routes) {
        RolloutFigures rollouts = new RolloutFigures(right, right, NONE, 1, right, NONE, 0, 0, 0, 0);
        return row(step, rollouts, new HelpFigures(0.5, routes, 0, 1), 60);
    }

    /** A step without routes. */
    public static LogRow row(
            int step,
            double reward,
            double format,
            double zeroVariance,
            double truncated,
            double flawed,
            double length) {
        RolloutFigures rollouts =
                new RolloutFigures(reward, reward, NONE, format, NONE, reward, 0, zeroVariance, truncated, flawed);
        return row(step, rollouts, new HelpFigures(0, 0, 0, 0), length);
    }

    private static LogRow row(int step, RolloutFigures rollouts, HelpFigures help, double length) {
        return new LogRow(
                step,
                0,
                1,
                1,
                1e-4,
                length,
                rollouts,
                help,
                PolicyFigures.NONE,
                HeldOutFigures.NONE,
                1000,
                Budget.NONE);
    }
}
