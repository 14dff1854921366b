package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

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
    }
}
