package org.realm4knime.engine.evaluate;

import java.util.Locale;

/**
 * Two models on the same problems, asked in the same way.
 *
 * @param model name of the model
 * @param other name of what it is compared with: a model, or a vote of the routes
 * @param split as in {@link Score}
 * @param routes whether external routes were shown, as in {@link Score}
 * @param rules whether rules were shown, as in {@link Score}
 * @param counts problems by who has them right
 * @param difference accuracy of the model minus that of the other, in [-1, 1]
 * @param low lower end of its 95 % interval by paired bootstrap
 * @param high upper end
 * @param pValue exact McNemar test, two-sided, in (0, 1]; not corrected for how many comparisons are made
 * @param trainedFrom whether the model was trained from the other
 */
public record Comparison(
        String model,
        String other,
        String split,
        String routes,
        String rules,
        Counts counts,
        double difference,
        double low,
        double high,
        double pValue,
        boolean trainedFrom) {

    /** Below it a difference counts as significant. */
    public static final double SIGNIFICANT = 0.05;

    /**
     * Numbers of problems.
     *
     * @param both right in both models
     * @param onlyModel right in the model alone
     * @param onlyOther right in the other alone
     * @param neither right in none
     */
    public record Counts(int both, int onlyModel, int onlyOther, int neither) {

        /** All problems. */
        public int problems() {
            return both + onlyModel + onlyOther + neither;
        }
    }

    /** Whether training has made the model worse, by more than chance explains. */
    public boolean harm() {
        return trainedFrom && difference < 0 && pValue < SIGNIFICANT;
    }

    /** A sentence for whoever should know, where training has done {@link #harm}; null otherwise. */
    public String note() {
        if (!harm()) {
            return null;
        }
        String place = split.equals(Score.ALL) ? "" : " of the split '" + split + "'";
        double total = counts.problems();
        return String.format(
                Locale.ROOT,
                "'%s' is significantly worse than '%s', which it was trained from: %s routes it answers %.1f %% of %d"
                        + " problems%s rightly, instead of %.1f %% (p = %.2g).",
                model,
                other,
                routes,
                100 * (counts.both() + counts.onlyModel()) / total,
                counts.problems(),
                place,
                100 * (counts.both() + counts.onlyOther()) / total,
                pValue);
    }
}
