package org.realm4knime.engine.mrpv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes to a problem as a tree of their normalised steps: routes that begin alike share a path. The value of a
 * prefix is the smoothed share of positive routes among those through it,
 *
 * <pre>V = (positive + a) / (all + 2 a),</pre>
 *
 * the mean of a Beta(a, a) prior after {@code all} routes. As 0 &le; positive &le; all, V lies in
 * [a / (all + 2 a), (all + a) / (all + 2 a)], strictly within (0, 1), and is 1/2 where no route went.
 */
final class PrefixTree {

    private final double smoothing;
    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private int positive;
        private int all;

        private void count(boolean isPositive) {
            all++;
            positive += isPositive ? 1 : 0;
        }
    }

    /**
     * An empty tree.
     *
     * @param smoothing a, above 0
     */
    PrefixTree(double smoothing) {
        this.smoothing = smoothing;
    }

    /**
     * Adds a route.
     *
     * @param steps its normalised steps
     * @param positive whether it ends right
     */
    void add(List<String> steps, boolean positive) {
        Node node = root;
        node.count(positive);
        for (String step : steps) {
            node = node.next.computeIfAbsent(step, key -> new Node());
            node.count(positive);
        }
    }

    /**
     * The values along a route.
     *
     * @param steps normalised steps
     * @return V of every prefix, from the empty one to the whole: one value more than there are steps
     */
    double[] values(List<String> steps) {
        double[] values = new double[steps.size() + 1];
        Node node = root;
        values[0] = value(node);
        for (int i = 0; i < steps.size(); i++) {
            node = node.next.getOrDefault(steps.get(i), new Node());
            values[i + 1] = value(node);
        }
        return values;
    }

    private double value(Node node) {
        return (node.positive + smoothing) / (node.all + 2 * smoothing);
    }
}
