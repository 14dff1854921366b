package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

class PositivesTest {

    private static final List<VerifiedRoute> ROUTES = new RouteVerifier(
                    AnswerChecker.of(AnswerType.NUMBER, 0), VerifierSettings.defaults())
            .verify(
                    new Problem("p", "q", "8", null, null),
                    Stream.of("2 * 3 = 6; 6 + 2 = 8", "2 * 3 = 5; 5 + 2 = 8", "2 * 3 = 6", null)
                            .map(PositivesTest::route)
                            .toList());

    private static Route route(String text) {
        return new Route("p", "s", 0, text == null ? "" : text, null, 0, -1, text == null ? "timeout" : null);
    }

    @Test
    void aVerdictTellsAnswerAndReasonsApart() {
        assertThat(ROUTES)
                .extracting(VerifiedRoute::verdict)
                .containsExactly(
                        RouteVerdict.RIGHT, RouteVerdict.WRONG_REASON, RouteVerdict.WRONG, RouteVerdict.FAILED);
        assertThat(RouteVerdict.WRONG_REASON.words()).isEqualTo("right answer, wrong reason");
    }

    @Test
    void soundRoutesAreThoseWithoutAWrongCalculation() {
        assertThat(ROUTES).filteredOn(Positives.RIGHT_ANSWER::accepts).isEqualTo(ROUTES.subList(0, 2));
        assertThat(ROUTES).filteredOn(Positives.SOUND::accepts).isEqualTo(ROUTES.subList(0, 1));
    }

    @Test
    void aSolutionIsJudgedLikeARoute() {
        assertThat(ROUTES.subList(0, 2))
                .extracting(route -> Positives.SOUND.acceptsSteps(route.route().text()))
                .containsExactly(true, false);
        assertThat(Positives.RIGHT_ANSWER.acceptsSteps("2 * 3 = 5")).isTrue();
        assertThat(Positives.SOUND.acceptsSteps("")).isTrue();
    }
}
