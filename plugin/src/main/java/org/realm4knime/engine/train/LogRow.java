package org.realm4knime.engine.train;

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
 * @param completionLength mean tokens of a completion
 * @param kl mean k3 divergence from the reference model over trained tokens, in nats
 * @param entropy mean entropy of the policy at trained tokens, in nats
 * @param gradientNorm global L2 norm of the gradient before clipping
 * @param clipShare share of trained tokens whose probability ratio was clipped
 * @param learningRate learning rate of the step
 * @param internalisationLoss cross-entropy of the internalisation step, in nats a token
 * @param contrastLoss mean loss of the contrasted steps
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
        double completionLength,
        double kl,
        double entropy,
        double gradientNorm,
        double clipShare,
        double learningRate,
        double internalisationLoss,
        double contrastLoss,
        double tokensPerSecond,
        Budget spent) {

    /** This row of a training before which more was spent. */
    LogRow after(Budget earlier) {
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
                completionLength,
                kl,
                entropy,
                gradientNorm,
                clipShare,
                learningRate,
                internalisationLoss,
                contrastLoss,
                tokensPerSecond,
                spent.plus(earlier));
    }
}
