package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

class RouteStepsTest {

    @Test
    void routesReadFromATableGetTheStepsThatTheVerifierGaveThem() {
        List<Route> routes = Stream.of("a; 1 + 1 = 2; = 4", "a; 1 + 1 = 3; = 5", "b\n= 4", null)
                .map(text -> new Route("p", "s", 0, text == null ? "" : text, null, 0, -1, text == null ? "out" : null))
                .toList();
        List<VerifiedRoute> verified = new RouteVerifier(
                        AnswerChecker.of(AnswerType.NUMBER, 0), VerifierSettings.defaults())
                .verify(new Problem("p", "q", "4", null, null), routes);
        List<VerifiedRoute> read =
                verified.stream().map(route -> route.withSteps(List.of())).toList();
        assertThat(RouteSteps.judged(read, VerifierSettings.defaults().smoothing()))
                .isEqualTo(verified);
        assertThat(RouteSteps.judged(read)).isEqualTo(verified);
    }

    @Test
    void valuesOfAnotherSmoothingTravelWithTheRoutes() {
        List<Route> routes = Stream.of("a\n= 4", "a\n= 5", "b\n= 5")
                .map(text -> new Route("p", "s", 0, text, null, 0, -1, null))
                .toList();
        VerifierSettings smooth = new VerifierSettings(0.25, VoteWeight.VALID_CLAIMS);
        List<VerifiedRoute> verified = new RouteVerifier(AnswerChecker.of(AnswerType.NUMBER, 0), smooth)
                .verify(new Problem("p", "q", "4", null, null), routes);
        List<VerifiedRoute> read = verified.stream()
                .map(route -> RouteSteps.withValues(route.withSteps(List.of()), RouteSteps.values(route)))
                .toList();

        // (positive + a) / (all + 2 a): of three routes one is right, of the two that begin with a one, of the first
        // all
        assertThat(RouteSteps.values(read.get(0)))
                .containsExactly(new double[] {1.25 / 3.5, 1.25 / 2.5, 1.25 / 1.5}, within(1e-12));
        assertThat(RouteSteps.judged(read)).isSameAs(read);
        assertThat(read.get(0).steps()).extracting(StepVerdict::text).containsExactly("a", "= 4");
    }

    @Test
    void valuesOfAnotherTextArePassedOver() {
        Route route = new Route("p", "s", 0, "a\n= 4", null, 0, -1, null);
        VerifiedRoute changed = new VerifiedRoute(route, true, false, true, 1, 0, "", List.of());
        assertThat(RouteSteps.withValues(changed, new double[] {0.5, 0.5})).isSameAs(changed);
        assertThat(RouteSteps.withValues(changed, new double[0])).isSameAs(changed);
    }
}
