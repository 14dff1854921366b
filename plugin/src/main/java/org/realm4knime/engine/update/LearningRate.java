package org.realm4knime.engine.update;

/** The learning rate of each step: a linear warm-up, then the chosen decay. */
public final class LearningRate {

    private LearningRate() {}

    /**
     * Share of the full learning rate. During warm-up step / warm-up steps; then, with t rising from 0 after the
     * warm-up to 1 at the last step and e the final share, 1 (constant), 1 - (1 - e) t (linear) or
     * e + (1 - e) (1 + cos(pi t)) / 2 (cosine).
     *
     * @param settings warm-up, decay and final share
     * @param step step, from 1
     * @param steps steps of the whole training
     * @return the share, in [0, 1]
     */
    static double factor(OptimizerSettings settings, int step, int steps) {
        if (step <= settings.warmupSteps()) {
            return step / (double) settings.warmupSteps();
        }
        double span = Math.max(1, steps - settings.warmupSteps());
        double t = Math.min(1, (step - settings.warmupSteps()) / span);
        double end = settings.finalRateFraction();
        return switch (settings.decay()) {
            case CONSTANT -> 1;
            case LINEAR -> 1 - (1 - end) * t;
            case COSINE -> end + (1 - end) * (1 + Math.cos(Math.PI * t)) / 2;
        };
    }

    /**
     * Learning rate of a step.
     *
     * @param settings full rate, warm-up and decay
     * @param step step, from 1
     * @param steps steps of the whole training
     * @return the learning rate
     */
    public static double at(OptimizerSettings settings, int step, int steps) {
        return settings.learningRate() * factor(settings, step, steps);
    }
}
