package org.realm4knime.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
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

    /** Mean accuracy over some domains. */
    Difference accuracy(String set, List<String> domains, String method, boolean withRoutes) {
        return CrossedBootstrap.mean(answers.of(set, domains, method, withRoutes), RESAMPLES, SEED);
    }

    /** Accuracy of a method minus that of another, on the mean over those domains in which both were measured. */
    Difference gain(String set, boolean withRoutes, String method, String other) {
        return gain(set, answers.domains(set, withRoutes, method, other), withRoutes, method, other);
    }

    /** The same over some domains. */
    Difference gain(String set, List<String> domains, boolean withRoutes, String method, String other) {
        return CrossedBootstrap.mean(
                combine(
                        answers.of(set, domains, method, withRoutes),
                        answers.of(set, domains, other, withRoutes),
                        (ours, theirs) -> ours - theirs),
                RESAMPLES,
                SEED);
    }

    /** What a method loses without routes: accuracy with minus without, in those domains that have both. */
    Difference autonomyGap(String set, String method) {
        List<String> domains = common(answers.domains(set, true, method), answers.domains(set, false, method));
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
        return figure(set, harder, withRoutes, method, method, means -> loss(means, 0));
    }

    /** How much more another method loses from one set to a harder one than a method does. */
    Difference lossSaved(String set, String harder, boolean withRoutes, String method, String other) {
        return figure(set, harder, withRoutes, method, other, means -> loss(means, 1) - loss(means, 0));
    }

    /** Accuracy on a harder set as a share of that on a set. */
    Difference kept(String set, String harder, boolean withRoutes, String method) {
        return figure(set, harder, withRoutes, method, method, means -> kept(means, 0));
    }

    /**
     * How much more of its own accuracy a method keeps on a harder set than another does, as a difference of shares.
     */
    Difference keptMore(String set, String harder, boolean withRoutes, String method, String other) {
        return figure(set, harder, withRoutes, method, other, means -> kept(means, 0) - kept(means, 1));
    }

    /** Domains in which both methods were measured on both sets. */
    List<String> domainsOfBoth(String set, String harder, boolean withRoutes, String method, String other) {
        return common(
                answers.domains(set, withRoutes, method, other), answers.domains(harder, withRoutes, method, other));
    }

    private static List<String> common(List<String> some, List<String> others) {
        return some.stream().filter(others::contains).toList();
    }

    /** A figure of the means by stratum and method; the strata of the harder set follow those of the other. */
    private Difference figure(
            String set,
            String harder,
            boolean withRoutes,
            String method,
            String other,
            ToDoubleFunction<double[][]> figure) {
        List<String> domains = domainsOfBoth(set, harder, withRoutes, method, other);
        List<double[][][]> strata = new ArrayList<>();
        for (String each : List.of(set, harder)) {
            List<double[][]> ours = answers.of(each, domains, method, withRoutes);
            List<double[][]> theirs = answers.of(each, domains, other, withRoutes);
            for (int s = 0; s < ours.size(); s++) {
                strata.add(pairs(ours.get(s), theirs.get(s)));
            }
        }
        return CrossedBootstrap.of(strata, figure, RESAMPLES, SEED);
    }

    private static double loss(double[][] means, int method) {
        return easier(means, method) - harder(means, method);
    }

    private static double kept(double[][] means, int method) {
        return harder(means, method) / easier(means, method);
    }

    private static double easier(double[][] means, int method) {
        return mean(means, 0, means.length / 2, method);
    }

    private static double harder(double[][] means, int method) {
        return mean(means, means.length / 2, means.length, method);
    }

    private static double mean(double[][] means, int from, int to, int method) {
        return IntStream.range(from, to)
                .mapToDouble(i -> means[i][method])
                .average()
                .orElseThrow();
    }

    private static double[][][] pairs(double[][] ours, double[][] theirs) {
        return IntStream.range(0, ours.length)
                .mapToObj(i -> IntStream.range(0, ours[i].length)
                        .mapToObj(p -> new double[] {ours[i][p], theirs[i][p]})
                        .toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    /**
     * The best of several methods on the mean over domains; chosen on the very problems, which favours it. Methods that
     * were not measured in all domains in which any of them was are left out, as their means are not comparable.
     */
    Optional<String> best(String set, boolean withRoutes, List<String> methods) {
        int most = methods.stream()
                .mapToInt(method -> answers.domains(set, withRoutes, method).size())
                .max()
                .orElse(0);
        return methods.stream()
                .filter(method ->
                        most > 0 && answers.domains(set, withRoutes, method).size() == most)
                .max(Comparator.comparingDouble(
                        method -> accuracy(set, answers.domains(set, withRoutes, method), method, withRoutes)
                                .mean()));
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
