package org.realm4knime.engine.mrpv;

import java.util.List;
import java.util.stream.IntStream;

/** Judges the steps of routes whose labels are known, such as those that were read from a table. */
public final class RouteSteps {

    private RouteSteps() {}

    /**
     * Routes with their steps. Values and credits are those of {@link RouteVerifier}, from the labels that the routes
     * have.
     *
     * @param routes verified routes to one problem
     * @param smoothing a in V = (positive + a) / (all + 2 a), above 0
     * @return the same routes in the same order, each with its steps; failed ones have none
     */
    public static List<VerifiedRoute> judged(List<VerifiedRoute> routes, double smoothing) {
        List<List<String>> steps = routes.stream()
                .map(route -> route.route().failed()
                        ? List.<String>of()
                        : StepSplitter.split(route.route().text()))
                .toList();
        List<List<String>> normal = steps.stream()
                .map(each -> each.stream().map(StepNormalizer::normalize).toList())
                .toList();
        PrefixTree tree = new PrefixTree(smoothing);
        for (int i = 0; i < routes.size(); i++) {
            if (!routes.get(i).route().failed()) {
                tree.add(normal.get(i), routes.get(i).positive());
            }
        }
        return IntStream.range(0, routes.size())
                .mapToObj(i -> routes.get(i).withSteps(verdicts(steps.get(i), tree.values(normal.get(i)))))
                .toList();
    }

    private static List<StepVerdict> verdicts(List<String> steps, double[] values) {
        return StepVerdict.of(steps, values, steps.stream().map(Claims::in).toList());
    }
}
