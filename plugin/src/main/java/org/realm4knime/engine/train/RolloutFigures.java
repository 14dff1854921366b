package org.realm4knime.engine.train;

/**
 * What the completions of a step earned.
 *
 * @param reward mean reward over all rollouts of the step
 * @param outcome share of rollouts with a right answer
 * @param process share of right verdicts on shown routes, mean over guided rollouts
 * @param format share of rollouts that ended and hold an answer
 * @param rightGuided share of right answers among rollouts whose prompt showed routes
 * @param rightUnguided share of right answers among rollouts whose prompt showed none
 * @param externalRoutes external routes that were members of the step's groups
 * @param zeroVarianceShare share of groups whose completions all got the same reward
 * @param truncatedShare share of rollouts cut off at the longest allowed length
 * @param flawedShare share of rollouts that lack the form they were asked for, cut-off ones included
 */
public record RolloutFigures(
        double reward,
        double outcome,
        double process,
        double format,
        double rightGuided,
        double rightUnguided,
        double externalRoutes,
        double zeroVarianceShare,
        double truncatedShare,
        double flawedShare) {

    /** Of a step without rollouts. */
    public static final RolloutFigures NONE = new RolloutFigures(
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN);
}
