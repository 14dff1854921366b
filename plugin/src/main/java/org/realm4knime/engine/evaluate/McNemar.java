package org.realm4knime.engine.evaluate;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * The exact test of McNemar (1947) on two classifiers' answers to the same problems. If neither is better, a problem
 * that one alone has right is as likely the one's as the other's, so the smaller count is binomial with probability
 * 1/2.
 */
final class McNemar {

    private McNemar() {}

    /**
     * How likely chance makes a difference at least as large.
     *
     * @param onlyA problems that a alone has right, at least 0
     * @param onlyB problems that b alone has right, at least 0
     * @return two-sided p-value, in (0, 1]; 1 if the two agree on every problem
     */
    static double pValue(int onlyA, int onlyB) {
        int changed = onlyA + onlyB;
        if (changed == 0) {
            return 1;
        }
        double tail = new BinomialDistribution(null, changed, 0.5).cumulativeProbability(Math.min(onlyA, onlyB));
        return Math.min(1, 2 * tail);
    }
}
