package org.realm4knime.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

class CrossedBootstrapTest {

    @Test
    void meanIsThatOfTheStratasMeans() {
        double[][] one = {{1, 0, 1, 0}, {1, 1, 1, 0}};
        double[][] two = {{0, 0}, {1, 0}};
        Difference mean = CrossedBootstrap.mean(List.of(one, two), 100, 1);
        assertThat(mean.mean()).isCloseTo((5 / 8.0 + 1 / 4.0) / 2, within(1e-12));
        assertThat(mean).isEqualTo(CrossedBootstrap.mean(List.of(one, two), 100, 1));
    }

    /** With one seed only problems vary: the interval is the normal one of a share, p +- 1.96 sqrt(p (1 - p) / n). */
    @Test
    void withOneSeedItIsThatOfProblems() {
        double[] row = new double[400];
        for (int i = 0; i < 120; i++) {
            row[i] = 1;
        }
        Difference mean = CrossedBootstrap.mean(List.<double[][]>of(new double[][] {row}), 4000, 2);
        double half = 1.96 * Math.sqrt(0.3 * 0.7 / 400);
        assertThat(mean.low()).isCloseTo(0.3 - half, within(0.006));
        assertThat(mean.high()).isCloseTo(0.3 + half, within(0.006));
    }

    /**
     * Where all problems of a seed agree only seeds vary: of means 0 and 1 with n seeds each, the resampled mean is a
     * binomial share of 2n.
     */
    @Test
    void whereProblemsAgreeItIsThatOfSeeds() {
        double[][] values = new double[10][3];
        for (int seed = 0; seed < 5; seed++) {
            values[seed] = new double[] {1, 1, 1};
        }
        Difference mean = CrossedBootstrap.mean(List.<double[][]>of(values), 20_000, 3);
        // P(Binomial(10, 1/2) <= 1) = 0.011, <= 2: 0.055
        assertThat(mean.low()).isCloseTo(0.2, within(1e-9));
        assertThat(mean.high()).isCloseTo(0.8, within(1e-9));
    }

    /**
     * Values of seed effect s, problem effect p and noise e: the variance of the mean is at least s2/S + p2/P + e2/SP.
     */
    @Test
    void coversWhatSeedsAndProblemsAddUpTo() {
        Random random = new Random(4);
        int covered = 0;
        for (int trial = 0; trial < 100; trial++) {
            double[][] values = new double[12][40];
            double[] problem = random.doubles(40).map(x -> 2 * x - 1).toArray();
            for (double[] row : values) {
                double seed = random.nextGaussian() * 0.3;
                for (int i = 0; i < row.length; i++) {
                    row[i] = seed + problem[i] + random.nextGaussian() * 0.2;
                }
            }
            Difference mean = CrossedBootstrap.mean(List.<double[][]>of(values), 400, trial);
            covered += mean.low() <= 0 && 0 <= mean.high() ? 1 : 0;
        }
        assertThat(covered).isBetween(86, 100);
    }

    /**
     * The ratio of the means of two independent quantities, with one seed: by the delta method its standard deviation
     * is about r sqrt(vx / (n x^2) + vy / (n y^2)).
     */
    @Test
    void aRatioOfMeansHasItsOwnInterval() {
        Random random = new Random(6);
        int n = 500;
        double[][][] values = new double[1][n][];
        for (int i = 0; i < n; i++) {
            values[0][i] = new double[] {4 + random.nextGaussian(), 8 + 2 * random.nextGaussian()};
        }
        Difference ratio = CrossedBootstrap.of(List.<double[][][]>of(values), m -> m[0][0] / m[0][1], 4000, 7);
        double half = 1.96 * 0.5 * Math.sqrt(1.0 / (n * 16) + 4.0 / (n * 64));
        assertThat(ratio.high() - ratio.low()).isCloseTo(2 * half, within(0.15 * 2 * half));
        assertThat(ratio.mean()).isBetween(ratio.low(), ratio.high()).isCloseTo(0.5, within(0.02));
    }

    @Test
    void refusesWhatIsUneven() {
        List<double[][]> uneven = List.<double[][]>of(new double[][] {{1, 0}, {1}});
        List<double[][]> seeds = List.of(new double[][] {{1}}, new double[][] {{1}, {1}});
        assertThatThrownBy(() -> CrossedBootstrap.mean(uneven, 10, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossedBootstrap.mean(seeds, 10, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrossedBootstrap.mean(List.of(), 10, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
