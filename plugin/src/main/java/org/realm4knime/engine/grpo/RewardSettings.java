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
 * @param processFrom share of the training after which verdicts earn anything, in [0, 1): before it, the outcome alone
 *     counts (two stages)
 */
public record RewardSettings(double outcome, double process, double format, Positives rewarded, double processFrom) {

    /** A right answer earns 1, right verdicts 0.1. */
    public static final RewardSettings DEFAULT = new RewardSettings(1, 0.1, 0, Positives.RIGHT_ANSWER, 0);

    /** Checks the values. */
    public RewardSettings {
        Settings.requireNotNegative(outcome, "Weight of the outcome reward");
        Settings.requireNotNegative(process, "Weight of the process reward");
        Settings.requireNotNegative(format, "Weight of the format reward");
        Objects.requireNonNull(rewarded, "rewarded");
        Settings.require(
                processFrom >= 0 && processFrom < 1,
                "Start of the process reward",
                processFrom,
                "a share of the training of at least 0 and below 1");
        Settings.require(
                outcome + process + format > 0,
                "The sum of the reward weights",
                0,
                "at least one of outcome, process and format a weight above 0");
        Settings.require(
                processFrom == 0 || outcome + format > 0,
                "The sum of the rewards before verdicts count",
                0,
                "outcome or format a weight above 0");
    }

    /**
     * What counts at a moment of the training.
     *
     * @param progress share of the training that is over, in [0, 1]
     */
    RewardSettings at(double progress) {
        return progress < processFrom ? new RewardSettings(outcome, 0, format, rewarded, 0) : this;
    }

    /** With verdicts that earn something only after a share of the training. */
    public RewardSettings withProcessFrom(double share) {
        return new RewardSettings(outcome, process, format, rewarded, share);
    }

    /** With other weights. */
    public RewardSettings withWeights(double ofOutcome, double ofProcess, double ofFormat) {
        return new RewardSettings(ofOutcome, ofProcess, ofFormat, rewarded, processFrom);
    }

    /** With other answers that earn the outcome reward. */
    public RewardSettings withRewarded(Positives answers) {
        return new RewardSettings(outcome, process, format, answers, processFrom);
    }
}
