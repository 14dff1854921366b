package org.realm4knime.engine.answer;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * Share of problems answered correctly, with its 95 % Wilson score interval (Wilson, 1927), which stays within [0, 1]
 * and holds its level for small counts and shares near 0 or 1.
 *
 * @param correct number answered correctly, in [0, total]
 * @param total number of problems, at least 1
 */
public record Accuracy(int correct, int total) {

    private static final double LEVEL = 0.95;

    /** Checks the counts. */
    public Accuracy {
        if (total < 1 || correct < 0 || correct > total) {
            throw new IllegalArgumentException(correct + " of " + total + " is no share");
        }
    }

    /** correct / total, in [0, 1]. */
    public double value() {
        return (double) correct / total;
    }

    /** Lower end of the interval, in [0, value]. */
    public double low() {
        return correct == 0 ? 0 : interval().getLowerBound();
    }

    /** Upper end of the interval, in [value, 1]. */
    public double high() {
        return correct == total ? 1 : interval().getUpperBound();
    }

    private ConfidenceInterval interval() {
        return new WilsonScoreInterval().createInterval(total, correct, LEVEL);
    }
}
