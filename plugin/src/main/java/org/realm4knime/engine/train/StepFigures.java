package org.realm4knime.engine.train;

import java.util.List;

/**
 * What the micro-batches of one update add up to.
 *
 * @param loss loss of the update
 * @param entropySum entropy of the policy, summed over tokens, in nats
 * @param clippedTokens tokens whose probability ratio was clipped
 * @param klSum k3 divergence from the reference model, summed over sampled tokens, in nats
 * @param tokens trained tokens, those of contrasts aside
 * @param sampledTokens those of them that the policy sampled itself
 * @param lessons what was internalised
 * @param contrast the contrasted steps
 * @param stepKl divergence of the policy before the update from that after it, in nats a token; NaN if it was not measured
 * @param gradientNorm global norm before clipping; NaN before the optimizer's step
 */
record StepFigures(
        double loss,
        double entropySum,
        double clippedTokens,
        double klSum,
        long tokens,
        long sampledTokens,
        LessonFigures lessons,
        ContrastFigures contrast,
        double stepKl,
        double gradientNorm) {

    static final StepFigures NONE =
            new StepFigures(0, 0, 0, 0, 0, 0, LessonFigures.NONE, ContrastFigures.NONE, Double.NaN, Double.NaN);

    /**
     * What was internalised in an update.
     *
     * @param loss its part of the update's loss
     * @param tokens its tokens
     */
    record LessonFigures(double loss, long tokens) {

        static final LessonFigures NONE = new LessonFigures(0, 0);

        private LessonFigures plus(LessonFigures other) {
            return new LessonFigures(loss + other.loss, tokens + other.tokens);
        }
    }

    /**
     * What contrasted steps add to an update.
     *
     * @param lossSum their losses, without weight
     * @param pairs how many
     * @param tokens their tokens, right and wrong ones
     */
    record ContrastFigures(double lossSum, int pairs, long tokens) {

        static final ContrastFigures NONE = new ContrastFigures(0, 0, 0);

        /** Mean loss of a pair, or NaN without pairs. */
        double loss() {
            return lossSum / pairs;
        }

        private ContrastFigures plus(ContrastFigures other) {
            return new ContrastFigures(lossSum + other.lossSum, pairs + other.pairs, tokens + other.tokens);
        }
    }

    /**
     * The figures of a micro-batch.
     *
     * @param sums what {@code head_loss} of {@code loss.py} gives: loss, entropy, clipped tokens, divergence
     * @throws DivergedException if the loss is no finite number
     */
    static StepFigures of(float[] sums, MicroBatch batch) {
        if (!Float.isFinite(sums[0])) {
            throw new DivergedException("loss");
        }
        return new StepFigures(
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                batch.tokens(),
                batch.sampledTokens(),
                LessonFigures.NONE,
                ContrastFigures.NONE,
                Double.NaN,
                Double.NaN);
    }

    StepFigures plus(StepFigures other) {
        return new StepFigures(
                loss + other.loss,
                entropySum + other.entropySum,
                clippedTokens + other.clippedTokens,
                klSum + other.klSum,
                tokens + other.tokens,
                sampledTokens + other.sampledTokens,
                lessons.plus(other.lessons),
                contrast.plus(other.contrast),
                Double.isNaN(stepKl) ? other.stepKl : Double.isNaN(other.stepKl) ? stepKl : stepKl + other.stepKl,
                Double.NaN);
    }

    /** Several updates as one: loss and norm are their means, all else is summed. */
    static StepFigures of(List<StepFigures> updates) {
        if (updates.isEmpty()) {
            return NONE;
        }
        StepFigures sum = updates.stream().reduce(StepFigures::plus).orElseThrow();
        double norms = updates.stream().mapToDouble(StepFigures::gradientNorm).sum();
        return sum.withLoss(sum.loss / updates.size()).withGradientNorm(norms / updates.size());
    }

    StepFigures withGradientNorm(double norm) {
        return new StepFigures(
                loss, entropySum, clippedTokens, klSum, tokens, sampledTokens, lessons, contrast, stepKl, norm);
    }

    private StepFigures withLoss(double other) {
        return new StepFigures(
                other,
                entropySum,
                clippedTokens,
                klSum,
                tokens,
                sampledTokens,
                lessons,
                contrast,
                stepKl,
                gradientNorm);
    }

    /** With what was internalised in the same update. */
    StepFigures withLessons(StepFigures taught) {
        return new StepFigures(
                loss + taught.loss,
                entropySum,
                clippedTokens,
                klSum,
                tokens,
                sampledTokens,
                new LessonFigures(taught.loss, taught.tokens),
                contrast,
                stepKl,
                gradientNorm);
    }

    /** With contrasted steps, whose loss has a weight for each pair. */
    StepFigures withContrast(ContrastFigures figures, double weight) {
        return new StepFigures(
                loss + weight * figures.lossSum(),
                entropySum,
                clippedTokens,
                klSum,
                tokens,
                sampledTokens,
                lessons,
                figures,
                stepKl,
                gradientNorm);
    }

    /** With the measured divergence of the policy before the update from that after it. */
    StepFigures withStepKl(double measured) {
        return new StepFigures(
                loss,
                entropySum,
                clippedTokens,
                klSum,
                tokens,
                sampledTokens,
                lessons,
                contrast,
                measured,
                gradientNorm);
    }

    /** For a step without a reference model. */
    StepFigures withoutDivergence() {
        return new StepFigures(
                loss,
                entropySum,
                clippedTokens,
                Double.NaN,
                tokens,
                sampledTokens,
                lessons,
                contrast,
                stepKl,
                gradientNorm);
    }

    /** All tokens that carried a loss. */
    long trainedTokens() {
        return tokens + lessons.tokens() + contrast.tokens();
    }

    /** Mean entropy, or NaN without tokens. */
    double entropy() {
        return entropySum / tokens;
    }

    /** Share of clipped tokens, or NaN without sampled tokens. */
    double clipShare() {
        return clippedTokens / sampledTokens;
    }

    /** Mean divergence, or NaN without sampled tokens. */
    double kl() {
        return klSum / sampledTokens;
    }
}
