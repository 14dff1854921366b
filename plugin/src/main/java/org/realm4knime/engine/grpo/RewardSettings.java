package org.realm4knime.engine.grpo;

import java.util.Objects;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.mrpv.Positives;

/**
 * What a completion earns.
 *
 * @param outcome reward of a right answer
 * @param process reward of judging all shown routes rightly; a share of right verdicts gives that share of it
 * @param format reward of a completion that ended and holds an answer
 * @param rewarded which right answers earn the outcome reward: all, or only those of sound reasoning
 */
public record RewardSettings(double outcome, double process, double format, Positives rewarded) {

    /** A right answer earns 1, right verdicts 0.1. */
    public static final RewardSettings DEFAULT = new RewardSettings(1, 0.1, 0, Positives.RIGHT_ANSWER);

    /** Checks the values. */
    public RewardSettings {
        Settings.requireNotNegative(outcome, "Weight of the outcome reward");
        Settings.requireNotNegative(process, "Weight of the process reward");
        Settings.requireNotNegative(format, "Weight of the format reward");
        Objects.requireNonNull(rewarded, "rewarded");
        Settings.require(
                outcome + process + format > 0,
                "The sum of the reward weights",
                0,
                "at least one of outcome, process and format a weight above 0");
    }

    /** With other weights. */
    public RewardSettings withWeights(double ofOutcome, double ofProcess, double ofFormat) {
        return new RewardSettings(ofOutcome, ofProcess, ofFormat, rewarded);
    }

    /** With other answers that earn the outcome reward. */
    public RewardSettings withRewarded(Positives answers) {
        return new RewardSettings(outcome, process, format, answers);
    }
}
