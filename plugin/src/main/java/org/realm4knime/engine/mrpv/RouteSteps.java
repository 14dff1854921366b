package org.realm4knime.engine.mrpv;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.realm4knime.engine.arithmetic.Claims;
import org.realm4knime.engine.arithmetic.StepNormalizer;

/** Judges the steps of routes whose labels are known, such as those that were read from a table. */
public final class RouteSteps {

    private RouteSteps() {}

    /**
     * Routes with their steps: as they were judged where each route brings them, else judged with the usual smoothing.
     *
     * @param routes verified routes to one problem
     */
    public static List<VerifiedRoute> judged(List<VerifiedRoute> routes) {
        boolean known = routes.stream()
                .allMatch(route -> route.route().failed() || !route.steps().isEmpty());
        return known ? routes : judged(routes, VerifierSettings.defaults().smoothing());
    }

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

    /**
     * The values along a route, for a table that carries them.
     *
     * @return V before the first step and after each step; empty for a route without steps
     */
    public static double[] values(VerifiedRoute route) {
        List<StepVerdict> steps = route.steps();
        return steps.isEmpty()
                ? new double[0]
                : DoubleStream.concat(
                                DoubleStream.of(
                                        steps.get(0).value() - steps.get(0).credit()),
                                steps.stream().mapToDouble(StepVerdict::value))
                        .toArray();
    }

    /**
     * A route with its steps, from the values that the verifier gave them.
     *
     * @param route verified route without steps
     * @param values as {@link #values} gives them
     * @return the route as it is where the values are not those of its steps, as after a change of its text
     */
    public static VerifiedRoute withValues(VerifiedRoute route, double[] values) {
        List<String> steps = route.route().failed()
                ? List.of()
                : StepSplitter.split(route.route().text());
        return values.length == steps.size() + 1 ? route.withSteps(verdicts(steps, values)) : route;
    }

    private static List<StepVerdict> verdicts(List<String> steps, double[] values) {
        return StepVerdict.of(steps, values, steps.stream().map(Claims::in).toList());
    }
}
