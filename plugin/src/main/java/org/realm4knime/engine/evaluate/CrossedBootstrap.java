package org.realm4knime.engine.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/**
 * Bootstrap of a mean over repetitions of an experiment (seeds) and the problems that all of them share. Both vary, and
 * crosswise: so every resample draws seeds with replacement and, for all drawn seeds alike, problems with replacement
 * (Owen, 2007: the pigeonhole bootstrap). It errs on the wide side. Of paired differences, give the differences.
 */
public final class CrossedBootstrap {

    private CrossedBootstrap() {}

    /**
     * The mean with its interval.
     *
     * @param strata for each set of problems, such as a domain, the values by seed and problem: as many seeds in each,
     *     in the same order; as many problems for each seed of a stratum. The mean is that over the strata's means
     * @param resamples number of resamples, at least 1; 10,000 is usual
     * @param seed the same seed gives the same interval
     * @return the mean with its 95 % percentile interval
     */
    public static Difference mean(List<double[][]> strata, int resamples, long seed) {
        List<double[][][]> single = strata.stream()
                .map(values -> Arrays.stream(values)
                        .map(row -> Arrays.stream(row)
                                .mapToObj(value -> new double[] {value})
                                .toArray(double[][]::new))
                        .toArray(double[][][]::new))
                .toList();
        return of(
                single,
                means -> Arrays.stream(means)
                        .mapToDouble(mean -> mean[0])
                        .average()
                        .orElseThrow(),
                resamples,
                seed);
    }

    /**
     * Any figure of the means of several quantities, such as a ratio, with its interval.
     *
     * @param strata for each set of problems the values by seed, problem and quantity; as many seeds in each stratum,
     *     in the same order, as many problems for each seed of a stratum, and as many quantities for each problem.
     *     Quantities of a problem are drawn together
     * @param figure gets means by stratum and quantity
     * @param resamples number of resamples, at least 1
     * @param seed the same seed gives the same interval
     * @return the figure with its 95 % percentile interval
     */
    public static Difference of(
            List<double[][][]> strata, ToDoubleFunction<double[][]> figure, int resamples, long seed) {
        check(strata, resamples);
        Random random = new Random(seed);
        int seeds = strata.get(0).length;
        double[] figures = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            int[] drawn = random.ints(seeds, 0, seeds).toArray();
            figures[r] = figure.applyAsDouble(strata.stream()
                    .map(values -> means(values, drawn, random.ints(values[0].length, 0, values[0].length)))
                    .toArray(double[][]::new));
        }
        Arrays.sort(figures);
        double whole = figure.applyAsDouble(strata.stream()
                .map(values -> means(values, IntStream.range(0, seeds).toArray(), IntStream.range(0, values[0].length)))
                .toArray(double[][]::new));
        return new Difference(whole, quantile(figures, 0.025), quantile(figures, 0.975));
    }

    /** Mean of every quantity over drawn seeds and drawn problems. */
    private static double[] means(double[][][] values, int[] seeds, IntStream problems) {
        double[] sums = new double[values[0][0].length];
        int[] drawn = problems.toArray();
        for (int problem : drawn) {
            for (int seed : seeds) {
                for (int q = 0; q < sums.length; q++) {
                    sums[q] += values[seed][problem][q];
                }
            }
        }
        return Arrays.stream(sums).map(sum -> sum / drawn.length / seeds.length).toArray();
    }

    private static void check(List<double[][][]> strata, int resamples) {
        int seeds = strata.isEmpty() ? 0 : strata.get(0).length;
        boolean even = strata.stream()
                .allMatch(values -> values.length == seeds
                        && Arrays.stream(values).allMatch(row -> row.length > 0 && row.length == values[0].length));
        if (seeds == 0 || !even || resamples < 1) {
            throw new IllegalArgumentException(
                    "need values of the same seeds in every stratum, of the same problems for"
                            + " every seed of it, and at least 1 resample");
        }
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
