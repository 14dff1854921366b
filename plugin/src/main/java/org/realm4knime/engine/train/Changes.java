package org.realm4knime.engine.train;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * How the answers to the same problems changed from one look to another.
 *
 * @param lost problems of which fewer answers are right than before
 * @param won problems of which more are
 */
record Changes(int lost, int won) {

    private static final double SIGNIFICANT = 0.05;

    /** Between one answer to each problem and another. */
    static Changes of(boolean[] before, boolean[] after) {
        int lost = 0;
        int won = 0;
        for (int i = 0; i < after.length; i++) {
            lost += before[i] && !after[i] ? 1 : 0;
            won += !before[i] && after[i] ? 1 : 0;
        }
        return new Changes(lost, won);
    }

    /** Between the right ones among some tries at each problem, and among as many others. */
    static Changes of(int[] before, int[] after) {
        int lost = 0;
        int won = 0;
        for (int i = 0; i < after.length; i++) {
            lost += after[i] < before[i] ? 1 : 0;
            won += after[i] > before[i] ? 1 : 0;
        }
        return new Changes(lost, won);
    }

    /** Whether chance hardly loses so many more than it wins: sign test, one-sided, 5 %. */
    boolean significantlyWorse() {
        int changed = lost + won;
        return changed > 0 && new BinomialDistribution(null, changed, 0.5).cumulativeProbability(won) < SIGNIFICANT;
    }

    /** Whether the lead is more than its standard error: of many looks one is the best by chance. */
    boolean convinces() {
        return won - lost > Math.sqrt(won + lost);
    }
}
