package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixTreeTest {

    private record Walk(List<String> steps, boolean positive) {}

    @Test
    void valuesOfASmallTree() {
        PrefixTree tree = new PrefixTree(1);
        tree.add(List.of("a", "b"), true);
        tree.add(List.of("a", "c"), false);
        tree.add(List.of("d"), false);
        // (1+1)/(3+2), (1+1)/(2+2), (1+1)/(1+2)
        assertThat(tree.values(List.of("a", "b"))).containsExactly(new double[] {0.4, 0.5, 2 / 3.0}, within(1e-15));
        // a prefix nobody took: a/(2a)
        assertThat(tree.values(List.of("a", "x", "y")))
                .containsExactly(new double[] {0.4, 0.5, 0.5, 0.5}, within(1e-15));
    }

    /** Against a count of the routes that begin alike, over random routes. */
    @Test
    void valuesEqualTheCountOfRoutesThatBeginAlike() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            double a = 0.1 + 3 * random.nextDouble();
            List<Walk> walks = walks(random);
            PrefixTree tree = tree(walks, a);
            for (Walk walk : walks) {
                double[] values = tree.values(walk.steps());
                for (int i = 0; i <= walk.steps().size(); i++) {
                    List<String> prefix = walk.steps().subList(0, i);
                    List<Walk> through = walks.stream()
                            .filter(other -> other.steps().size() >= prefix.size()
                                    && other.steps().subList(0, prefix.size()).equals(prefix))
                            .toList();
                    long positive = through.stream().filter(Walk::positive).count();
                    assertThat(values[i])
                            .isCloseTo((positive + a) / (through.size() + 2 * a), within(1e-12))
                            .isBetween(a / (through.size() + 2 * a), (through.size() + a) / (through.size() + 2 * a))
                            .isStrictlyBetween(0.0, 1.0);
                }
            }
        }
    }

    /** A route that turns right raises the value of each of its prefixes and of no other. */
    @Test
    void valuesRiseWithThePositives() {
        Random random = new Random(2);
        for (int run = 0; run < 200; run++) {
            List<Walk> walks = walks(random);
            int turned = random.nextInt(walks.size());
            List<Walk> better = new ArrayList<>(walks);
            better.set(turned, new Walk(walks.get(turned).steps(), true));
            PrefixTree before = tree(walks, 1);
            PrefixTree after = tree(better, 1);
            for (Walk walk : walks) {
                double[] old = before.values(walk.steps());
                double[] risen = after.values(walk.steps());
                int shared = shared(walk.steps(), walks.get(turned).steps());
                for (int i = 0; i < old.length; i++) {
                    if (i <= shared && !walks.get(turned).positive()) {
                        assertThat(risen[i]).isGreaterThan(old[i]);
                    } else {
                        assertThat(risen[i]).isEqualTo(old[i]);
                    }
                }
            }
        }
    }

    private static int shared(List<String> one, List<String> other) {
        return IntStream.range(0, Math.min(one.size(), other.size()))
                .filter(i -> !one.get(i).equals(other.get(i)))
                .findFirst()
                .orElse(Math.min(one.size(), other.size()));
    }

    private static PrefixTree tree(List<Walk> walks, double smoothing) {
        PrefixTree tree = new PrefixTree(smoothing);
        walks.forEach(walk -> tree.add(walk.steps(), walk.positive()));
        return tree;
    }

    private static List<Walk> walks(Random random) {
        return IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(i -> new Walk(
                        IntStream.range(0, random.nextInt(5))
                                .mapToObj(step -> "s" + random.nextInt(3))
                                .toList(),
                        random.nextBoolean()))
                .toList();
    }
}
