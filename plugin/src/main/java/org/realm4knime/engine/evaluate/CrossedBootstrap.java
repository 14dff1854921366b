package org.realm4knime.engine.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
     * @param strata for each set of problems, such as a domain, the values by seed and problem: as many seeds in each, in
     *     the same order; as many problems for each seed of a stratum. The mean is that over the strata's means
     * @param resamples number of resamples, at least 1; 10,000 is usual
     * @param seed the same seed gives the same interval
     * @return the mean with its 95 % percentile interval
     */
    public static Difference mean(List<double[][]> strata, int resamples, long seed) {
        check(strata, resamples);
        Random random = new Random(seed);
        int seeds = strata.get(0).length;
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            int[] drawn = random.ints(seeds, 0, seeds).toArray();
            means[r] = strata.stream()
                    .mapToDouble(values -> resampled(values, drawn, random))
                    .average()
                    .orElseThrow();
        }
        Arrays.sort(means);
        double mean = strata.stream()
                .mapToDouble(values -> Arrays.stream(values)
                        .flatMapToDouble(Arrays::stream)
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();
        return new Difference(mean, quantile(means, 0.025), quantile(means, 0.975));
    }

    /** Mean over drawn seeds and as many problems as there are, drawn with replacement. */
    private static double resampled(double[][] values, int[] seeds, Random random) {
        int problems = values[0].length;
        double sum = 0;
        for (int i = 0; i < problems; i++) {
            int problem = random.nextInt(problems);
            for (int seed : seeds) {
                sum += values[seed][problem];
            }
        }
        return sum / problems / seeds.length;
    }

    private static void check(List<double[][]> strata, int resamples) {
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
