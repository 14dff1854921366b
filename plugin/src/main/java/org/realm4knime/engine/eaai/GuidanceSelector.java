package org.realm4knime.engine.eaai;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.mrpv.VerifiedRoute;

/**
 * Draws which external routes a prompt shows. Of n routes at guidance rate g it shows n g in the mean, however the draw
 * is made. When it shows two or more, and the routes are of both kinds, at least one is right and one is wrong, so that
 * there is something to contrast. The order is random too, so that the place of a route tells nothing. The same random
 * generator in the same state gives the same selection.
 */
public final class GuidanceSelector {

    private final GuidanceDraw draw;
    private final int maximum;

    /** A selector that shows each route with the probability of the rate, up to any number of them. */
    public GuidanceSelector() {
        this(GuidanceDraw.EACH, Integer.MAX_VALUE);
    }

    /**
     * A selector.
     *
     * @param draw how the number shown is drawn
     * @param maximum the most routes a prompt shows, at least 1; a problem with more routes counts as having this many
     */
    public GuidanceSelector(GuidanceDraw draw, int maximum) {
        this.draw = Objects.requireNonNull(draw, "draw");
        if (maximum < 1) {
            throw new EngineException("The most routes a prompt shows is " + maximum + ". Give at least 1.");
        }
        this.maximum = maximum;
    }

    /**
     * Draws the routes of one prompt.
     *
     * @param available the routes of the problem; those that failed are never shown
     * @param rate the guidance rate, in [0, 1]
     * @param rng where chance comes from
     * @return the routes to show, in the order to show them in; empty if none
     */
    public List<VerifiedRoute> select(List<VerifiedRoute> available, double rate, RandomGenerator rng) {
        List<VerifiedRoute> routes = new ArrayList<>(
                available.stream().filter(route -> !route.route().failed()).toList());
        int count = count(Math.min(maximum, routes.size()), rate, rng);
        shuffle(routes, rng);
        if (count >= 2) {
            bringBothKindsToTheFront(routes, count);
        }
        List<VerifiedRoute> shown = new ArrayList<>(routes.subList(0, count));
        shuffle(shown, rng);
        return List.copyOf(shown);
    }

    private int count(int n, double rate, RandomGenerator rng) {
        double g = Math.min(1, Math.max(0, rate));
        return switch (draw) {
            case EACH ->
                (int) IntStream.range(0, n).filter(i -> rng.nextDouble() < g).count();
            case ALL_OR_NONE -> rng.nextDouble() < g ? n : 0;
            case EVEN -> {
                int whole = (int) Math.floor(n * g);
                yield whole + (rng.nextDouble() < n * g - whole ? 1 : 0);
            }
        };
    }

    /** If the first routes are all of one kind, the last of them gives way to the first of the other kind. */
    private static void bringBothKindsToTheFront(List<VerifiedRoute> routes, int count) {
        boolean kind = routes.get(0).positive();
        for (int i = 1; i < routes.size(); i++) {
            if (routes.get(i).positive() != kind) {
                if (i >= count) {
                    VerifiedRoute other = routes.get(i);
                    routes.set(i, routes.get(count - 1));
                    routes.set(count - 1, other);
                }
                return;
            }
        }
    }

    private static <T> void shuffle(List<T> items, RandomGenerator rng) {
        for (int i = items.size() - 1; i > 0; i--) {
            int other = rng.nextInt(i + 1);
            T item = items.get(i);
            items.set(i, items.get(other));
            items.set(other, item);
        }
    }
}
