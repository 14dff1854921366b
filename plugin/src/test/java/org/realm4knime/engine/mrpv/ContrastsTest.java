package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

class ContrastsTest {

    private static final Problem PROBLEM = new Problem("p", "q", "4", null, null);

    @Test
    void pairsEveryRightRouteWithEveryWrongOneAndSaysWhereTheyPart() {
        List<VerifiedRoute> routes = verify("a; b; = 4", "a; c; = 5", "d; = 6");
        List<Contrast> contrasts = Contrasts.of("p", routes, 10);
        assertThat(contrasts).hasSize(2);
        // both negatives end in nodes of V = 1/3 against 2/3 at d = 1 (V(a) = 1/2 against 1/3) and d = 2
        assertThat(contrasts).extracting(Contrast::divergesAt).containsExactlyInAnyOrder(1, 2);
        assertThat(contrasts)
                .allMatch(pair -> pair.positive().positive() && !pair.negative().positive());
    }

    @Test
    void ranksByHowCleanlyAndHowEarlyTheyPart() {
        // parts at 1 of 3: (2/3 - 1/3) * 1; parts at 3 of 3: (2/3 - 1/3) / 3
        List<VerifiedRoute> routes = verify("a; b; = 4", "a; b; = 5", "x; y; = 7");
        List<Contrast> contrasts = Contrasts.of("p", routes, 10);
        // at 1: V(a) = (1+1)/(2+2) = 1/2 against V(x) = 1/3, c e = 1/6; at 3: c e = 1/9
        assertThat(contrasts).extracting(Contrast::divergesAt).containsExactly(1, 3);
        assertThat(Contrasts.of("p", routes, 1))
                .extracting(Contrast::divergesAt)
                .containsExactly(1);
        assertThat(Contrasts.of("p", routes, 0)).isEmpty();
    }

    @Test
    void aRightAnswerForAWrongReasonComesLast() {
        List<VerifiedRoute> routes = verify("9 - 6 = 4", "a; b; = 4", "a; b; = 5");
        assertThat(Contrasts.of("p", routes, 10))
                .extracting(pair -> pair.positive().processValid())
                .containsExactly(true, false);
    }

    @Test
    void aRouteThatEndsEarlierPartsAfterItsLastStep() {
        List<VerifiedRoute> routes = verify("= 4", "= 4; b = 5");
        assertThat(Contrasts.of("p", routes, 10))
                .extracting(Contrast::divergesAt)
                .containsExactly(2);
    }

    @Test
    void withoutBothKindsThereIsNoContrast() {
        assertThat(Contrasts.of("p", verify("= 4", "a = 4"), 10)).isEmpty();
        assertThat(Contrasts.of("p", verify("= 5"), 10)).isEmpty();
        assertThat(Contrasts.of("p", List.of(), 10)).isEmpty();
    }

    private static List<VerifiedRoute> verify(String... texts) {
        List<Route> routes = IntStream.range(0, texts.length)
                .mapToObj(i -> new Route("p", "m", i, texts[i], null, 0, Double.NaN, null))
                .toList();
        return new RouteVerifier(AnswerChecker.of(AnswerType.NUMBER, 0), VerifierSettings.defaults())
                .verify(PROBLEM, routes);
    }
}
