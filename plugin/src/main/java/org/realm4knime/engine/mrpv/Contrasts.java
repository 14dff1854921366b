package org.realm4knime.engine.mrpv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.realm4knime.engine.arithmetic.StepNormalizer;

/**
 * Pairs right routes with wrong ones and puts those first that teach most.
 *
 * <p>A pair parts at d, the first step in which the normalised routes differ. How cleanly is the difference of their
 * values there, c = V(positive, d) - V(negative, d), in (-1, 1); how early is e = 1 - (d - 1) / L, with L steps in the
 * longer route, in (0, 1]. Pairs are ordered by c e, but those whose right route holds a wrong claim come last.
 */
public final class Contrasts {

    private Contrasts() {}

    private record Ranked(Contrast contrast, double rank) {}

    /**
     * Every pair of a right and a wrong route to a problem, those first that part early and cleanly.
     *
     * @param problemId the problem
     * @param routes its verified routes; failed ones are passed over
     * @param limit the most pairs to give, at least 0
     * @return the pairs, best first; among equals in the order of the routes
     */
    public static List<Contrast> of(String problemId, List<VerifiedRoute> routes, int limit) {
        Map<VerifiedRoute, List<String>> normal = routes.stream()
                .filter(route -> !route.steps().isEmpty())
                .distinct()
                .collect(Collectors.toMap(route -> route, Contrasts::normalSteps));
        List<Ranked> pairs = new ArrayList<>();
        for (VerifiedRoute positive : routes) {
            for (VerifiedRoute negative : routes) {
                if (positive.positive()
                        && !negative.positive()
                        && normal.containsKey(positive)
                        && normal.containsKey(negative)) {
                    int parting = parting(normal.get(positive), normal.get(negative));
                    Contrast contrast = new Contrast(problemId, positive, negative, parting);
                    pairs.add(new Ranked(contrast, rank(contrast)));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparing(
                                (Ranked pair) -> !pair.contrast().positive().processValid())
                        .thenComparing(Ranked::rank, Comparator.reverseOrder()))
                .limit(limit)
                .map(Ranked::contrast)
                .toList();
    }

    private static List<String> normalSteps(VerifiedRoute route) {
        return route.steps().stream()
                .map(step -> StepNormalizer.normalize(step.text()))
                .toList();
    }

    /** The first step in which the routes differ, from 1, also where one ends and the other goes on; 0 if none. */
    private static int parting(List<String> positive, List<String> negative) {
        int shorter = Math.min(positive.size(), negative.size());
        int same = IntStream.range(0, shorter)
                .filter(i -> !positive.get(i).equals(negative.get(i)))
                .findFirst()
                .orElse(shorter);
        return same == positive.size() && same == negative.size() ? 0 : same + 1;
    }

    private static double rank(Contrast contrast) {
        int parting = contrast.divergesAt();
        if (parting == 0) {
            return -1;
        }
        int longer = Math.max(
                contrast.positive().steps().size(), contrast.negative().steps().size());
        double clean = valueAt(contrast.positive(), parting) - valueAt(contrast.negative(), parting);
        return clean * (1 - (parting - 1.0) / longer);
    }

    /** V after a step; after the last one if the route is shorter. */
    private static double valueAt(VerifiedRoute route, int step) {
        List<StepVerdict> steps = route.steps();
        return steps.get(Math.min(step, steps.size()) - 1).value();
    }
}
