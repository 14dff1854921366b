package org.realm4knime.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.realm4knime.engine.evaluate.CrossedBootstrap;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** Accuracies and their differences, with intervals over seeds and problems; several domains count the same each. */
final class Comparison {

    private static final int RESAMPLES = 4_000;
    private static final long SEED = 1;

    private final Answers answers;

    Comparison(Answers answers) {
        this.answers = answers;
    }

    /** Mean accuracy over domains. */
    Difference accuracy(String set, List<String> domains, String method, boolean withRoutes) {
        return CrossedBootstrap.mean(answers.of(set, domains, method, withRoutes), RESAMPLES, SEED);
    }

    /** Accuracy of a method minus that of another, on the mean over all domains of a set. */
    Difference gain(String set, boolean withRoutes, String method, String other) {
        return CrossedBootstrap.mean(gains(set, withRoutes, method, other), RESAMPLES, SEED);
    }

    /** What a method loses without routes: accuracy with minus without. */
    Difference autonomyGap(String set, String method) {
        List<String> domains = answers.domains(set);
        return CrossedBootstrap.mean(
                combine(
                        answers.of(set, domains, method, true),
                        answers.of(set, domains, method, false),
                        (with, without) -> with - without),
                RESAMPLES,
                SEED);
    }

    /** What a method loses from one set to a harder one. */
    Difference loss(String set, String harder, boolean withRoutes, String method) {
        return CrossedBootstrap.of(
                pairs(set, harder, withRoutes, method, method), means -> loss(means, set, 0), RESAMPLES, SEED);
    }

    /** How much more another method loses from one set to a harder one than a method does. */
    Difference lossSaved(String set, String harder, boolean withRoutes, String method, String other) {
        return CrossedBootstrap.of(
                pairs(set, harder, withRoutes, method, other),
                means -> loss(means, set, 1) - loss(means, set, 0),
                RESAMPLES,
                SEED);
    }

    /** Accuracy on a harder set as a share of that on a set. */
    Difference kept(String set, String harder, boolean withRoutes, String method) {
        return CrossedBootstrap.of(
                pairs(set, harder, withRoutes, method, method), means -> kept(means, set, 0), RESAMPLES, SEED);
    }

    /** How much more of its own accuracy a method keeps on a harder set than another does, as a difference of shares. */
    Difference keptMore(String set, String harder, boolean withRoutes, String method, String other) {
        return CrossedBootstrap.of(
                pairs(set, harder, withRoutes, method, other),
                means -> kept(means, set, 0) - kept(means, set, 1),
                RESAMPLES,
                SEED);
    }

    private double loss(double[][] means, String set, int method) {
        return easier(means, set, method) - harder(means, set, method);
    }

    private double kept(double[][] means, String set, int method) {
        return harder(means, set, method) / easier(means, set, method);
    }

    /** Of means by stratum and method, those of the easier set first. */
    private double easier(double[][] means, String set, int method) {
        return mean(means, 0, answers.domains(set).size(), method);
    }

    private double harder(double[][] means, String set, int method) {
        return mean(means, answers.domains(set).size(), means.length, method);
    }

    private static double mean(double[][] means, int from, int to, int method) {
        return IntStream.range(from, to).mapToDouble(i -> means[i][method]).average().orElseThrow();
    }

    /** Strata of both sets with the values of both methods. */
    private List<double[][][]> pairs(String set, String harder, boolean withRoutes, String method, String other) {
        List<double[][][]> strata = new ArrayList<>();
        for (String each : List.of(set, harder)) {
            List<double[][]> ours = answers.of(each, answers.domains(each), method, withRoutes);
            List<double[][]> theirs = answers.of(each, answers.domains(each), other, withRoutes);
            for (int s = 0; s < ours.size(); s++) {
                strata.add(pairs(ours.get(s), theirs.get(s)));
            }
        }
        return strata;
    }

    private static double[][][] pairs(double[][] ours, double[][] theirs) {
        return IntStream.range(0, ours.length)
                .mapToObj(i -> IntStream.range(0, ours[i].length)
                        .mapToObj(p -> new double[] {ours[i][p], theirs[i][p]})
                        .toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    /** The best of several methods on the mean over domains; chosen on the very problems, which favours it. */
    String best(String set, boolean withRoutes, List<String> methods) {
        return methods.stream()
                .filter(method -> answers.has(set, method, withRoutes))
                .max(Comparator.comparingDouble(method ->
                        accuracy(set, answers.domains(set), method, withRoutes).mean()))
                .orElseThrow();
    }

    private List<double[][]> gains(String set, boolean withRoutes, String method, String other) {
        List<String> domains = answers.domains(set);
        return combine(
                answers.of(set, domains, method, withRoutes),
                answers.of(set, domains, other, withRoutes),
                (ours, theirs) -> ours - theirs);
    }

    private static List<double[][]> combine(List<double[][]> a, List<double[][]> b, DoubleBinaryOperator operator) {
        return IntStream.range(0, a.size())
                .mapToObj(s -> IntStream.range(0, a.get(s).length)
                        .mapToObj(i -> IntStream.range(0, a.get(s)[i].length)
                                .mapToDouble(p -> operator.applyAsDouble(a.get(s)[i][p], b.get(s)[i][p]))
                                .toArray())
                        .toArray(double[][]::new))
                .toList();
    }
}
