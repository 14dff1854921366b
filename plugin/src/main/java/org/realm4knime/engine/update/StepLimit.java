package org.realm4knime.engine.update;

import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/**
 * A trust region: an update that has moved the policy too far is made smaller. The mean divergence KL(before || after)
 * of a token, estimated on completions that the policy had sampled before the update, is to be at most a bound. The
 * divergence grows with the square of the step, so the share of the step that is kept is the root of bound /
 * divergence; measured again, up to three times (TRPO, Schulman et al., 2015, searches along a line instead).
 */
final class StepLimit {

    private static final int TRIES = 3;

    /** A step is not measured more exactly than this. */
    private static final double TOLERANCE = 1.2;

    /** Tells how far the policy has moved. */
    @FunctionalInterface
    interface Measure {

        /**
         * Mean divergence of the policy as it is from the one before the step, in nats per token.
         *
         * @param bound the completions to measure it on
         * @throws CanceledJobException if canceled
         */
        double of(StepBound bound, Progress progress) throws CanceledJobException;
    }

    private StepLimit() {}

    /**
     * Makes the last update smaller if need be.
     *
     * @param updater has made the update
     * @param bound largest divergence, and the completions to measure it on
     * @param learningRate learning rate of the update
     * @param measure tells how far the update has moved the policy
     * @param progress asked between micro-batches whether to stop
     * @return the divergence of the update as it stands
     * @throws CanceledJobException if canceled
     */
    static double apply(ModelUpdater updater, StepBound bound, double learningRate, Measure measure, Progress progress)
            throws CanceledJobException {
        double left = 1;
        double divergence = measure.of(bound, progress);
        for (int tries = 0; tries < TRIES && divergence > TOLERANCE * bound.largest(); tries++) {
            double kept = left * Math.sqrt(bound.largest() / divergence);
            updater.takeBack((left - kept) * learningRate);
            left = kept;
            divergence = measure.of(bound, progress);
        }
        return divergence;
    }
}
