package org.realm4knime.engine.train;

import org.realm4knime.engine.answer.Accuracy;

/**
 * How the model does on held-out problems without help.
 *
 * @param accuracy share of them that are answered rightly
 * @param low lower end of its 95 % interval
 * @param high upper end of its 95 % interval
 */
public record HeldOutFigures(double accuracy, double low, double high) {

    /** After a step that was not looked at. */
    public static final HeldOutFigures NONE = new HeldOutFigures(Double.NaN, Double.NaN, Double.NaN);

    static HeldOutFigures of(Accuracy accuracy) {
        return new HeldOutFigures(accuracy.value(), accuracy.low(), accuracy.high());
    }

    /** Whether the model was looked at. */
    public boolean seen() {
        return !Double.isNaN(accuracy);
    }
}
