package org.realm4knime.engine.grpo;

import java.util.List;
import java.util.Map;
import org.realm4knime.engine.grpo.StepContrasts.Contrasted;
import org.realm4knime.engine.update.PartFigures;
import org.realm4knime.engine.update.StepTaken;

/**
 * What the updates of a step add up to.
 *
 * @param tries the policy's own tries, with the loss of all parts but the anchors
 * @param lessons what was internalised
 * @param contrastLosses losses of the contrasted pairs, without weight
 * @param pairs how many
 * @param contrastTokens their tokens, right and wrong ones
 * @param stepKl divergence of the policy before the step from that after it, in nats per token; NaN if it was not
 *     measured
 * @param gradientNorm global norm before clipping; NaN without an update
 */
record UpdateFigures(
        PartFigures tries,
        PartFigures lessons,
        double contrastLosses,
        int pairs,
        long contrastTokens,
        double stepKl,
        double gradientNorm) {

    private static final UpdateFigures NONE =
            new UpdateFigures(PartFigures.NONE, PartFigures.NONE, 0, 0, 0, Double.NaN, Double.NaN);

    /** The figures of one update. */
    static UpdateFigures of(Map<String, PartFigures> parts, Contrasted contrast, StepTaken taken) {
        PartFigures tries = parts.getOrDefault(GrpoSequences.NAME, PartFigures.NONE);
        PartFigures lessons = parts.getOrDefault(Internalisation.NAME, PartFigures.NONE);
        return new UpdateFigures(
                tries.withLoss(tries.loss() + lessons.loss() + contrast.weight() * contrast.lossSum()),
                lessons,
                contrast.lossSum(),
                contrast.pairs(),
                contrast.part().tokens(),
                taken.divergence(),
                taken.gradientNorm());
    }

    /** The figures of an update by examples, which the tries had no part in. */
    static UpdateFigures untried(StepTaken taken) {
        return new UpdateFigures(PartFigures.NONE, PartFigures.NONE, 0, 0, 0, taken.divergence(), taken.gradientNorm());
    }

    /** Several updates as one: loss and norm are their means, all else is summed. */
    static UpdateFigures of(List<UpdateFigures> updates) {
        if (updates.isEmpty()) {
            return NONE;
        }
        UpdateFigures sum = updates.stream().reduce(UpdateFigures::plus).orElseThrow();
        double norms = updates.stream().mapToDouble(UpdateFigures::gradientNorm).sum();
        return new UpdateFigures(
                sum.tries.withLoss(sum.tries.loss() / updates.size()),
                sum.lessons,
                sum.contrastLosses,
                sum.pairs,
                sum.contrastTokens,
                sum.stepKl,
                norms / updates.size());
    }

    private UpdateFigures plus(UpdateFigures other) {
        return new UpdateFigures(
                tries.plus(other.tries),
                lessons.plus(other.lessons),
                contrastLosses + other.contrastLosses,
                pairs + other.pairs,
                contrastTokens + other.contrastTokens,
                stepKl + other.stepKl,
                Double.NaN);
    }

    /** Tokens that carried a loss, those of anchors aside. */
    long trainedTokens() {
        return tries.tokens() + lessons.tokens() + contrastTokens;
    }

    /** Mean loss of a contrasted pair, or NaN without pairs. */
    double contrastLoss() {
        return contrastLosses / pairs;
    }
}
