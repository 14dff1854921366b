package org.realm4knime.engine.train;

/**
 * Figures of one training step. NaN where a figure does not apply to the step or to the kind of training.
 *
 * @param step number of the step, from 1
 * @param loss loss that the step minimised
 * @param entropy mean entropy of the policy at trained tokens, in nats
 * @param gradientNorm global L2 norm of the gradient before clipping
 * @param learningRate learning rate of the step
 * @param completionLength mean tokens of a completion
 * @param rollouts what the model wrote and earned in the step
 * @param help what help its prompts showed
 * @param policy how the policy moved
 * @param heldOut how the model did on held-out problems after the step
 * @param tokensPerSecond tokens generated and trained per second of the whole step
 * @param spent what the training has spent up to the end of this step
 */
public record LogRow(
        int step,
        double loss,
        double entropy,
        double gradientNorm,
        double learningRate,
        double completionLength,
        RolloutFigures rollouts,
        HelpFigures help,
        PolicyFigures policy,
        HeldOutFigures heldOut,
        double tokensPerSecond,
        Budget spent) {

    /** This row of a training before which more was spent. */
    public LogRow after(Budget earlier) {
        return with(heldOut, spent.plus(earlier));
    }

    /** This row with the accuracy on held-out problems after the step. */
    LogRow withHeldOut(HeldOutFigures seen) {
        return with(seen, spent);
    }

    private LogRow with(HeldOutFigures seen, Budget spentNow) {
        return new LogRow(
                step,
                loss,
                entropy,
                gradientNorm,
                learningRate,
                completionLength,
                rollouts,
                help,
                policy,
                seen,
                tokensPerSecond,
                spentNow);
    }
}
