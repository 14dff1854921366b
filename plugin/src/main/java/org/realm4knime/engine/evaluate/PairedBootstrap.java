package org.realm4knime.engine.evaluate;

import java.util.Arrays;
import java.util.Random;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Paired bootstrap (Efron, 1979) of the difference in accuracy of two models on the same problems. */
public final class PairedBootstrap {

    private PairedBootstrap() {}

    /**
     * A difference with its interval.
     *
     * @param mean accuracy of a minus accuracy of b, in [-1, 1]
     * @param low 2.5 % quantile of the resampled differences
     * @param high 97.5 % quantile
     */
    public record Difference(double mean, double low, double high) {}

    /**
     * Resamples problems with replacement, keeping the two models' answers to one problem together.
     *
     * @param a whether model a is right on each problem
     * @param b whether model b is right on the same problems, in the same order
     * @param resamples number of resamples, at least 1; 10,000 is usual
     * @param seed the same seed gives the same interval
     * @return accuracy of a minus that of b, with its 95 % percentile interval
     */
    public static Difference difference(boolean[] a, boolean[] b, int resamples, long seed) {
        return Progress.unwatched(progress -> difference(a, b, resamples, seed, progress));
    }

    /**
     * The same, asking before each resample whether to stop.
     *
     * @throws CanceledJobException if the user asked to stop
     * @see #difference(boolean[], boolean[], int, long)
     */
    static Difference difference(boolean[] a, boolean[] b, int resamples, long seed, Progress progress)
            throws CanceledJobException {
        if (a.length != b.length || a.length == 0 || resamples < 1) {
            throw new IllegalArgumentException("need two equally long, non-empty results, not " + a.length + " and "
                    + b.length + ", and at least 1 resample, not " + resamples);
        }
        int[] gain = new int[a.length];
        for (int i = 0; i < a.length; i++) {
            gain[i] = (a[i] ? 1 : 0) - (b[i] ? 1 : 0);
        }
        Random random = new Random(seed);
        double[] differences = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            progress.checkCanceled();
            int sum = 0;
            for (int i = 0; i < gain.length; i++) {
                sum += gain[random.nextInt(gain.length)];
            }
            differences[r] = (double) sum / gain.length;
        }
        Arrays.sort(differences);
        double mean = (double) Arrays.stream(gain).sum() / gain.length;
        return new Difference(mean, quantile(differences, 0.025), quantile(differences, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
