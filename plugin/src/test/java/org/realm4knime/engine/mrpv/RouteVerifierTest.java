package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/** The values in the refund cases were computed by hand from V = (positive + 1) / (all + 2). */
class RouteVerifierTest {

    private static final Problem REFUND = new Problem("p1", "A laptop priced 240 ...", "204", null, null);
    private static final Problem UNKNOWN = new Problem("p1", "A laptop priced 240 ...", "", null, null);
    private static final AnswerChecker NUMBERS = AnswerChecker.of(AnswerType.NUMBER, 0);

    private final RouteVerifier verifier = new RouteVerifier(NUMBERS, VerifierSettings.defaults());

    private static final Route RIGHT = route("12 days ok; electronics 15%; 240 - 36 = 204");
    private static final Route MISCALCULATED = route("12 days ok; electronics 15%; 240 - 36 = 206");
    private static final Route NO_FEE = route("12 days ok; no fee; = 240");
    private static final Route OTHER_FEE = route("12 days ok; electronics 10%; 240 - 24 = 216");

    @Test
    void valuesCreditsAndProcessScore() {
        List<VerifiedRoute> verified = verifier.verify(REFUND, List.of(RIGHT, MISCALCULATED, NO_FEE, OTHER_FEE));
        VerifiedRoute right = verified.get(0);
        assertThat(right.positive()).isTrue();
        assertThat(right.byMajority()).isFalse();
        assertThat(right.route().answer()).isEqualTo("204");
        // all four share the first step, two the second, one the third: 2/6, 2/4, 2/3
        assertThat(right.steps()).extracting(StepVerdict::value).containsExactly(1 / 3.0, 1 / 2.0, 2 / 3.0);
        assertThat(right.steps().get(0).credit()).isZero();
        assertThat(right.steps().get(1).credit()).isCloseTo(1 / 6.0, within(1e-15));
        assertThat(right.processScore()).isCloseTo((1 / 3.0 + 1 / 2.0 + 2 / 3.0) / 3, within(1e-15));
        assertThat(right.decisiveStep()).isEqualTo(2);
        assertThat(right.reason()).isEqualTo("ends in 204");
    }

    @Test
    void aWrongClaimDecidesAndNothingAfterItCounts() {
        VerifiedRoute wrong = verifier.verify(REFUND, List.of(RIGHT, MISCALCULATED, NO_FEE, OTHER_FEE))
                .get(1);
        assertThat(wrong.positive()).isFalse();
        assertThat(wrong.processValid()).isFalse();
        assertThat(wrong.decisiveStep()).isEqualTo(3);
        assertThat(wrong.reason()).isEqualTo("240 - 36 is 204, not 206");
        assertThat(wrong.processScore()).isCloseTo((1 / 3.0 + 1 / 2.0) / 3, within(1e-15));
    }

    @Test
    void withoutAFallTheFirstStepThatNoRightRouteTakesDecides() {
        VerifiedRoute wrong = verifier.verify(REFUND, List.of(RIGHT, MISCALCULATED, NO_FEE, OTHER_FEE))
                .get(2);
        // V is 1/3 all along
        assertThat(wrong.steps()).extracting(StepVerdict::credit).containsOnly(0.0);
        assertThat(wrong.decisiveStep()).isEqualTo(2);
        assertThat(wrong.reason()).isEqualTo("a right route says \"electronics 15%\", not \"no fee\"");
        assertThat(wrong.processValid()).isTrue();
    }

    @Test
    void theLargestFallDecides() {
        List<VerifiedRoute> verified = verifier.verify(REFUND, List.of(RIGHT, RIGHT, RIGHT, NO_FEE));
        // V: 4/6, 4/6, then 1/3
        assertThat(verified.get(3).steps()).extracting(StepVerdict::value).containsExactly(2 / 3.0, 1 / 3.0, 1 / 3.0);
        assertThat(verified.get(3).decisiveStep()).isEqualTo(2);
    }

    @Test
    void inAStyleOfItsOwnARouteFailsWhereANumberIsNew() {
        Route own = route("It was bought 12 days ago.\nNothing is kept of 240.\n10% of it are 24.\nSo I pay 216.");
        VerifiedRoute wrong =
                verifier.verify(REFUND, List.of(RIGHT, RIGHT, own)).get(2);
        // V falls at once, as nobody else goes this way; 12 and 240 stand in the right routes too, 10 does not
        assertThat(wrong.decisiveStep()).isEqualTo(3);
        assertThat(wrong.reason()).isEqualTo("216 is not 204");
    }

    @Test
    void inAStyleOfItsOwnWithoutANewNumberTheAnswerDecides() {
        Route own = route("Take 240.\nTake nothing off.\nSo it is 240.");
        VerifiedRoute wrong =
                verifier.verify(REFUND, List.of(RIGHT, RIGHT, own)).get(2);
        assertThat(wrong.decisiveStep()).isEqualTo(3);
    }

    @Test
    void withoutAnyRightRouteTheLastStepStandsForTheWrongAnswer() {
        List<VerifiedRoute> verified = verifier.verify(REFUND, List.of(NO_FEE, NO_FEE));
        assertThat(verified).extracting(VerifiedRoute::decisiveStep).containsExactly(3, 3);
        assertThat(verified).extracting(VerifiedRoute::reason).containsOnly("240 is not 204");
    }

    @Test
    void aRightAnswerForAWrongReasonIsMarked() {
        VerifiedRoute lucky =
                verifier.verify(REFUND, List.of(route("240 - 30 = 204"))).get(0);
        assertThat(lucky.positive()).isTrue();
        assertThat(lucky.processValid()).isFalse();
        assertThat(lucky.processScore()).isZero();
        assertThat(lucky.reason()).isEqualTo("right answer, wrong reason: 240 - 30 is 210, not 204");
    }

    @Test
    void differentNotationsAreTheSameStep() {
        List<VerifiedRoute> verified = verifier.verify(
                REFUND,
                List.of(route("Step 1: 2 x 18 = 36.\nThe answer is 204"), route("2 * 18 = $36; the answer is 204")));
        assertThat(verified.get(0).steps().get(0).value()).isEqualTo(3 / 4.0);
        assertThat(verified.get(1).steps().get(0).value()).isEqualTo(3 / 4.0);
    }

    @Test
    void failedRoutesStayInTheListButDoNotCount() {
        Route failed = new Route("p1", "m", 0, "", null, 0, Double.NaN, "timed out after 60 s\nat ...");
        List<VerifiedRoute> verified = verifier.verify(REFUND, List.of(failed, RIGHT));
        assertThat(verified.get(0).positive()).isFalse();
        assertThat(verified.get(0).steps()).isEmpty();
        assertThat(verified.get(0).decisiveStep()).isZero();
        assertThat(verified.get(0).processScore()).isZero();
        assertThat(verified.get(0).reason()).isEqualTo("no route: timed out after 60 s");
        assertThat(verified.get(1).steps().get(0).value()).isEqualTo(2 / 3.0);
    }

    @Test
    void aRouteWithoutAnAnswerIsNegative() {
        VerifiedRoute silent = verifier.verify(REFUND, List.of(route("I do not know"), route(" ")))
                .get(0);
        assertThat(silent.positive()).isFalse();
        assertThat(silent.reason()).isEqualTo("no answer found");
    }

    @Test
    void withoutAReferenceTheMajorityDecidesAndIsNamed() {
        List<VerifiedRoute> verified = verifier.verify(UNKNOWN, List.of(NO_FEE, RIGHT, RIGHT));
        assertThat(verified).extracting(VerifiedRoute::positive).containsExactly(false, true, true);
        assertThat(verified).allMatch(VerifiedRoute::byMajority);
        assertThat(verified.get(1).reason()).isEqualTo("agrees with the majority's answer 204 (2.0 of 3.0 votes)");
    }

    @Test
    void wrongClaimsAndUnlikelyTextsWeighLessInTheVote() {
        // 206 has two routes of weight 0, as their only claim is wrong
        assertThat(verifier.verify(UNKNOWN, List.of(MISCALCULATED, MISCALCULATED, RIGHT)))
                .extracting(VerifiedRoute::positive)
                .containsExactly(false, false, true);
        RouteVerifier equal = new RouteVerifier(NUMBERS, new VerifierSettings(1, VoteWeight.EQUAL));
        assertThat(equal.verify(UNKNOWN, List.of(MISCALCULATED, MISCALCULATED, RIGHT)))
                .extracting(VerifiedRoute::positive)
                .containsExactly(true, true, false);
        RouteVerifier likely = new RouteVerifier(NUMBERS, new VerifierSettings(1, VoteWeight.PROBABILITY));
        Route unsure = new Route("p1", "m", 0, "= 1", null, 3, -2, null);
        Route sure = new Route("p1", "m", 1, "= 2", null, 3, -0.1, null);
        // 2 exp(-2) = 0.27 against exp(-0.1) = 0.90
        assertThat(likely.verify(UNKNOWN, List.of(unsure, unsure, sure)))
                .extracting(VerifiedRoute::positive)
                .containsExactly(false, false, true);
    }

    @Test
    void noRoutesNoVerdicts() {
        assertThat(verifier.verify(UNKNOWN, List.of())).isEmpty();
    }

    /** A model that loops until it is cut off must neither break the verifier nor hold it up. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,",
                "9",
                ".",
                "-",
                "(",
                "= 1 ",
                "1 + ",
                "a-",
                "\\frac{",
                "$",
                "x",
                "1/2 ",
                "<<",
                "Mr. ",
                "the answer is ",
                "12*3=36; "
            })
    void anEndlessLoopIsARouteLikeAnyOther(String looped) {
        VerifiedRoute verified =
                verifier.verify(REFUND, List.of(route(looped.repeat(5000)))).get(0);
        assertThat(verified.positive()).isFalse();
        assertThat(verified.processScore()).isBetween(0.0, 1.0);
    }

    /** Over random routes: bounds, credits that add up, and verdicts that do not depend on the order of the routes. */
    @Test
    void whatHoldsForAllRoutes() {
        Random random = new Random(3);
        String[] steps = {
            "12 days ok", "electronics 15%", "no fee", "240 - 36 = 204", "240 - 36 = 206", "= 240", "= 204"
        };
        for (int run = 0; run < 200; run++) {
            List<Route> routes = new ArrayList<>(IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(i -> route(IntStream.range(0, random.nextInt(5))
                            .mapToObj(k -> steps[random.nextInt(steps.length)])
                            .reduce((a, b) -> a + "; " + b)
                            .orElse("")))
                    .toList());
            Problem problem = random.nextBoolean() ? REFUND : UNKNOWN;
            List<VerifiedRoute> verified =
                    new RouteVerifier(NUMBERS, new VerifierSettings(1, VoteWeight.EQUAL)).verify(problem, routes);
            long positives = verified.stream().filter(VerifiedRoute::positive).count();
            double root = (positives + 1.0) / (routes.size() + 2);
            for (VerifiedRoute route : verified) {
                int count = route.steps().size();
                assertThat(route.processScore()).isBetween(0.0, 1.0);
                assertThat(route.decisiveStep()).isBetween(0, count);
                assertThat(!route.positive() && count > 0).isEqualTo(!route.positive() && route.decisiveStep() > 0);
                assertThat(route.processValid())
                        .isEqualTo(route.steps().stream().allMatch(StepVerdict::valid));
                assertThat(route.reason()).isNotBlank().doesNotContain("\n");
                double credits =
                        route.steps().stream().mapToDouble(StepVerdict::credit).sum();
                double last = count == 0 ? root : route.steps().get(count - 1).value();
                assertThat(credits).isCloseTo(last - root, within(1e-12));
            }
            if (problem.hasAnswer()) {
                Collections.reverse(routes);
                List<VerifiedRoute> reversed = new ArrayList<>(verifier.verify(problem, routes));
                Collections.reverse(reversed);
                assertThat(reversed)
                        .extracting(VerifiedRoute::processScore, VerifiedRoute::decisiveStep)
                        .isEqualTo(verified.stream()
                                .map(route ->
                                        org.assertj.core.groups.Tuple.tuple(route.processScore(), route.decisiveStep()))
                                .toList());
            }
        }
    }

    private static Route route(String text) {
        return new Route("p1", "model", 0, text, null, 10, Double.NaN, null);
    }
}
