package org.realm4knime.engine.eaai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.route.Route;

class GuidanceSelectorTest {

    @ParameterizedTest
    @EnumSource(GuidanceDraw.class)
    void showsTheRateInTheMean(GuidanceDraw draw) {
        GuidanceSelector selector = new GuidanceSelector(draw, 10);
        Random random = new Random(8);
        List<VerifiedRoute> routes = routes(true, false, false);
        for (double rate : new double[] {0.1, 0.35, 0.5, 0.9}) {
            double shown = IntStream.range(0, 20_000)
                    .mapToDouble(i -> selector.select(routes, rate, random).size() / 3.0)
                    .average()
                    .orElseThrow();
            // the standard error is at most 0.5 / sqrt(20000) = 0.0035; four of them
            assertThat(shown).isCloseTo(rate, within(0.0142));
        }
    }

    @ParameterizedTest
    @EnumSource(GuidanceDraw.class)
    void showsNothingAtZeroAndEverythingAtOne(GuidanceDraw draw) {
        GuidanceSelector selector = new GuidanceSelector(draw, 10);
        Random random = new Random(9);
        List<VerifiedRoute> routes = routes(true, false, false, true);
        for (int i = 0; i < 200; i++) {
            assertThat(selector.select(routes, 0, random)).isEmpty();
            assertThat(selector.select(routes, 1, random)).containsExactlyInAnyOrderElementsOf(routes);
            assertThat(selector.select(List.of(), 1, random)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(GuidanceDraw.class)
    void ofTwoOrMoreOneIsRightAndOneIsWrongIfBothExist(GuidanceDraw draw) {
        GuidanceSelector selector = new GuidanceSelector(draw, 3);
        Random random = new Random(10);
        for (int run = 0; run < 5000; run++) {
            boolean[] kinds = new boolean[random.nextInt(8)];
            for (int i = 0; i < kinds.length; i++) {
                kinds[i] = random.nextInt(6) == 0;
            }
            List<VerifiedRoute> routes = routes(kinds);
            List<VerifiedRoute> shown = selector.select(routes, random.nextDouble(), random);
            assertThat(shown)
                    .hasSizeLessThanOrEqualTo(3)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(routes);
            boolean both = routes.stream().anyMatch(VerifiedRoute::positive)
                    && routes.stream().anyMatch(route -> !route.positive());
            if (shown.size() >= 2 && both) {
                assertThat(shown).anyMatch(VerifiedRoute::positive).anyMatch(route -> !route.positive());
            }
        }
    }

    @Test
    void everyRouteAndEveryPlaceHasItsTurn() {
        GuidanceSelector selector = new GuidanceSelector(GuidanceDraw.EVEN, 2);
        Random random = new Random(11);
        List<VerifiedRoute> routes = routes(true, true, false, false, false);
        Set<List<VerifiedRoute>> seen = new HashSet<>();
        IntStream.range(0, 2000).forEach(i -> seen.add(selector.select(routes, 1, random)));
        // an ordered pair of one of 2 right and one of 3 wrong routes
        assertThat(seen).hasSize(12);
    }

    @Test
    void theSameSeedSelectsTheSame() {
        GuidanceSelector selector = new GuidanceSelector();
        List<VerifiedRoute> routes = routes(true, false, true, false);
        Random one = new Random(12);
        Random other = new Random(12);
        for (int i = 0; i < 100; i++) {
            assertThat(selector.select(routes, 0.6, one)).isEqualTo(selector.select(routes, 0.6, other));
        }
    }

    @Test
    void failedRoutesAreNeverShown() {
        VerifiedRoute failed = new VerifiedRoute(
                new Route("p", "m", 9, "", null, 0, Double.NaN, "timed out"),
                false,
                false,
                true,
                0,
                0,
                "no route",
                List.of());
        assertThat(new GuidanceSelector().select(List.of(failed), 1, new Random(13)))
                .isEmpty();
    }

    @Test
    void aMaximumBelowOneIsRefused() {
        assertThatThrownBy(() -> new GuidanceSelector(GuidanceDraw.EACH, 0)).isInstanceOf(EngineException.class);
    }

    private static List<VerifiedRoute> routes(boolean... positive) {
        return IntStream.range(0, positive.length)
                .mapToObj(i -> new VerifiedRoute(
                        new Route("p", "m", i, "text " + i, "1", 3, Double.NaN, null),
                        positive[i],
                        false,
                        true,
                        0.5,
                        1,
                        "",
                        List.of()))
                .toList();
    }
}
