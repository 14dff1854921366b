package org.realm4knime.engine.train;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/**
 * A trust region: an update that has moved the policy too far is made smaller. The mean divergence KL(before || after) of a
 * token, estimated on completions that the policy had sampled before the update, is to be at most a bound. The divergence
 * grows with the square of the step, so the share of the step that is kept is the root of bound / divergence; measured again,
 * up to three times (TRPO, Schulman et al., 2015, searches along a line instead).
 */
final class StepLimit {

    private static final int TRIES = 3;

    /** A step is not measured more exactly than this. */
    private static final double TOLERANCE = 1.2;

    private StepLimit() {}

    /**
     * Makes the last update smaller if need be.
     *
     * @param updater has made the update
     * @param sampled completions with their log-probabilities before the update
     * @param temperature temperature of these log-probabilities
     * @param bound largest divergence, in nats a token
     * @param learningRate learning rate of the update
     * @param progress asked between micro-batches whether to stop
     * @return the divergence of the update as it stands
     * @throws CanceledJobException if canceled
     */
    static double apply(
            ModelUpdater updater,
            List<TrainingSequence> sampled,
            double temperature,
            double bound,
            double learningRate,
            Progress progress)
            throws CanceledJobException {
        double left = 1;
        double divergence = updater.reading().divergence(sampled, temperature, progress);
        for (int tries = 0; tries < TRIES && divergence > TOLERANCE * bound; tries++) {
            double kept = left * Math.sqrt(bound / divergence);
            updater.takeBack((left - kept) * learningRate);
            left = kept;
            divergence = updater.reading().divergence(sampled, temperature, progress);
        }
        return divergence;
    }
}
