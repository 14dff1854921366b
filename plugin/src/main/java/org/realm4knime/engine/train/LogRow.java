package org.realm4knime.engine.train;

import org.realm4knime.engine.answer.Accuracy;

/**
 * Figures of one training step. NaN where a figure does not apply to the step or to the kind of training.
 *
 * @param step number of the step, from 1
 * @param loss loss that the step minimised
 * @param reward mean reward over all rollouts of the step
 * @param outcomeReward share of rollouts with a right answer
 * @param processReward share of right verdicts on shown routes, mean over guided rollouts
 * @param formatReward share of rollouts that ended and hold an answer
 * @param rewardGuided share of right answers among rollouts whose prompt showed routes
 * @param rewardUnguided share of right answers among rollouts whose prompt showed none
 * @param guidance guidance rate of the schedule, in [0, 1]; NaN if there are neither routes nor rules to show
 * @param routesShown mean number of routes shown to a prompt
 * @param rulesShown mean number of rules shown to a prompt
 * @param guidedShare share of prompts that showed routes
 * @param externalRoutes external routes that were members of the step's groups
 * @param zeroVarianceShare share of groups whose completions all got the same reward
 * @param truncatedShare share of rollouts cut off at the longest allowed length
 * @param flawedShare share of rollouts that lack the form they were asked for, cut-off ones included
 * @param completionLength mean tokens of a completion
 * @param kl mean k3 divergence from the reference model over trained tokens, in nats
 * @param stepKl divergence of the policy before the step from that after it, in nats a token
 * @param entropy mean entropy of the policy at trained tokens, in nats
 * @param gradientNorm global L2 norm of the gradient before clipping
 * @param clipShare share of trained tokens whose probability ratio was clipped
 * @param learningRate learning rate of the step
 * @param internalisationLoss cross-entropy of the internalisation step, in nats a token
 * @param contrastLoss mean loss of the contrasted steps
 * @param heldOut share of the held-out problems answered rightly without help after the step; NaN if they were not looked at
 * @param heldOutLow lower end of its 95 % interval
 * @param heldOutHigh upper end of its 95 % interval
 * @param tokensPerSecond tokens generated and trained a second of the whole step
 * @param spent what the training has spent up to the end of this step
 */
public record LogRow(
        int step,
        double loss,
        double reward,
        double outcomeReward,
        double processReward,
        double formatReward,
        double rewardGuided,
        double rewardUnguided,
        double guidance,
        double routesShown,
        double rulesShown,
        double guidedShare,
        double externalRoutes,
        double zeroVarianceShare,
        double truncatedShare,
        double flawedShare,
        double completionLength,
        double kl,
        double stepKl,
        double entropy,
        double gradientNorm,
        double clipShare,
        double learningRate,
        double internalisationLoss,
        double contrastLoss,
        double heldOut,
        double heldOutLow,
        double heldOutHigh,
        double tokensPerSecond,
        Budget spent) {

    /** This row of a training before which more was spent. */
    LogRow after(Budget earlier) {
        return with(heldOut, heldOutLow, heldOutHigh, spent.plus(earlier));
    }

    /** This row with the accuracy on held-out problems after the step. */
    LogRow withHeldOut(Accuracy accuracy) {
        return with(accuracy.value(), accuracy.low(), accuracy.high(), spent);
    }

    private LogRow with(double newHeldOut, double newLow, double newHigh, Budget newSpent) {
        return new LogRow(
                step,
                loss,
                reward,
                outcomeReward,
                processReward,
                formatReward,
                rewardGuided,
                rewardUnguided,
                guidance,
                routesShown,
                rulesShown,
                guidedShare,
                externalRoutes,
                zeroVarianceShare,
                truncatedShare,
                flawedShare,
                completionLength,
                kl,
                stepKl,
                entropy,
                gradientNorm,
                clipShare,
                learningRate,
                internalisationLoss,
                contrastLoss,
                newHeldOut,
                newLow,
                newHigh,
                tokensPerSecond,
                newSpent);
    }
}
