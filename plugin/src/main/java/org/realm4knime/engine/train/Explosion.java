package org.realm4knime.engine.train;

import java.util.List;
import java.util.Locale;

/**
 * Finds a training by cross-entropy whose loss has exploded though every number in it is finite, as clipped gradients
 * keep it: for some steps on end the loss is far above that of the model at the start, and far above that of a guess
 * among all tokens. No training recovers from there by itself what it knew.
 *
 * @param guess loss of a guess among all tokens, in nats; NaN where the loss is no cross-entropy, which never explodes
 */
record Explosion(double guess) {

    /** Steps on end. */
    static final int STEPS = 5;

    private static final double FAR_ABOVE = 1.5;

    /** Whether the last step may be the beginning of one, so that the weights after it are not worth keeping. */
    boolean mayBegin(List<LogRow> log) {
        return !log.isEmpty() && isFarAbove(log, log.size() - 1);
    }

    /** Whether it is one. */
    boolean isIn(List<LogRow> log) {
        for (int step = log.size() - STEPS; step < log.size(); step++) {
            if (step < 0 || !isFarAbove(log, step)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFarAbove(List<LogRow> log, int step) {
        return log.get(step).loss() > FAR_ABOVE * Math.max(guess, log.get(0).loss());
    }

    /** What is wrong and what to do, for the user. */
    String describe(List<LogRow> log) {
        return String.format(
                Locale.ROOT,
                "the loss was %.2f at the start and is %.2f, which is worse than a guess among all tokens (%.2f). The"
                        + " learning rate is too high: lower it to a third, or give it more warm-up steps.",
                log.get(0).loss(),
                log.get(log.size() - 1).loss(),
                guess);
    }
}
