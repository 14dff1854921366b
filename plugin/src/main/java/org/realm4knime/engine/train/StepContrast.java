package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.realm4knime.engine.train.StepFigures.ContrastFigures;

/**
 * Contrasts what right and wrong routes say where they part. With D = log p(right step) - log p(wrong step), both after the
 * same tokens, the loss of a pair is
 *
 * <pre>L = -log sigmoid(beta D),</pre>
 *
 * the loss of direct preference optimization (DPO, Rafailov et al., 2023) on one step and without a reference model. As
 * dL / dD = -beta sigmoid(-beta D), a pair pulls at most with beta, and less the better it is told apart. This slope is the
 * same for all tokens of a step, so the gradient is that of a cross-entropy of this factor, with the other sign for the
 * wrong step.
 *
 * @param pairs the pairs
 * @param weight factor of each pair's loss, above 0
 * @param beta above 0
 */
record StepContrast(List<StepPair> pairs, double weight, double beta) {

    /**
     * What the second pass of an update trains.
     *
     * @param sequences the steps as supervised sequences of positive and negative scale
     * @param figures the pairs' losses
     */
    record Slopes(List<TrainingSequence> sequences, ContrastFigures figures) {}

    /** Right and wrong steps. */
    List<TrainingSequence> sequences() {
        return pairs.stream()
                .flatMap(pair -> Stream.of(pair.positive(), pair.negative()))
                .toList();
    }

    /**
     * Loss and slopes.
     *
     * @param logProbs log-probability of each of the {@link #sequences()}, by identity
     */
    Slopes slopes(Map<TrainingSequence, Double> logProbs) {
        List<TrainingSequence> sequences = new ArrayList<>();
        double losses = 0;
        long tokens = 0;
        for (StepPair pair : pairs) {
            double margin = beta * (logProbs.get(pair.positive()) - logProbs.get(pair.negative()));
            // log(1 + exp(-margin)) without overflow
            losses += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
            double slope = weight * beta / (1 + Math.exp(margin));
            sequences.add(pair.positive().scaled(slope));
            sequences.add(pair.negative().scaled(-slope));
            tokens += pair.positive().completion().length + pair.negative().completion().length;
        }
        return new Slopes(sequences, new ContrastFigures(losses, pairs.size(), tokens));
    }
}
