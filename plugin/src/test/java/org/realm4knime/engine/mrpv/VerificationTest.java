package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Verification.Judgement;
import org.realm4knime.engine.mrpv.Verification.Parsed;
import org.realm4knime.engine.mrpv.Verification.Verdict;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

class VerificationTest {

    private static final PromptFormat COMPACT = PromptFormat.compact();
    private static final PromptFormat GENERAL = PromptFormat.general();
    private static final List<VerifiedRoute> SHOWN =
            List.of(route("6 * 2 = 12", true, 0, ""), route("6 * 3 = 17", false, 2, "6 * 3 is 18, not 17"));

    @Test
    void compactTargetIsWordsOnly() {
        assertThat(Verification.target(COMPACT, SHOWN, "6 * 2 = 12"))
                .isEqualTo("verify right , wrong 2 solution 6 * 2 = 12");
    }

    @Test
    void generalTargetSaysWhy() {
        assertThat(Verification.target(GENERAL, SHOWN, "6 * 2 = 12"))
                .isEqualTo(
                        """
                        Verification:
                        Route 1: right.
                        Route 2: wrong at step 2, 6 * 3 is 18, not 17
                        Solution:
                        6 * 2 = 12""");
    }

    @Test
    void promptShowsRoutesInTheirOrderWithoutLabels() {
        Problem problem = new Problem("p", "What is 6 times 2?", "12", null, null);
        assertThat(Verification.prompt(COMPACT, problem, List.of("Be exact."), SHOWN))
                .isEqualTo("Be exact. What is 6 times 2? | 6 * 2 = 12 | 6 * 3 = 17 :");
    }

    @Test
    void parsingGivesBackWhatWasWritten() {
        Random random = new Random(5);
        for (int trial = 0; trial < 500; trial++) {
            PromptFormat format = random.nextBoolean() ? COMPACT : GENERAL;
            List<VerifiedRoute> shown = new ArrayList<>();
            List<Verdict> expected = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                boolean positive = random.nextBoolean();
                int step = positive ? 0 : random.nextInt(0, 12);
                shown.add(route("1 + 1 = 2", positive, step, positive ? "" : "1 + 1 is 2, not 3"));
                expected.add(new Verdict(positive ? Judgement.RIGHT : Judgement.WRONG, step));
            }
            Parsed parsed = Verification.parse(format, Verification.target(format, shown, "1 + 1 = 2"));
            assertThat(parsed).isEqualTo(new Parsed(expected, "1 + 1 = 2", ""));
            assertThat(parsed.agreement(shown)).isEqualTo(1);
        }
    }

    @Test
    void aReasonThatQuotesTheOpeningWordDoesNotEndTheVerdicts() {
        List<VerifiedRoute> shown = List.of(
                route("Solution: 5", false, 1, "a right route says \"Solution: 4\", not \"Solution: 5\""),
                route("= 4", true, 0, ""));
        Parsed parsed = Verification.parse(GENERAL, Verification.target(GENERAL, shown, "= 4"));
        assertThat(parsed)
                .isEqualTo(new Parsed(
                        List.of(new Verdict(Judgement.WRONG, 1), new Verdict(Judgement.RIGHT, 0)), "= 4", ""));
    }

    @Test
    void completionWithoutVerdictsIsAllSolution() {
        assertThat(Verification.parse(COMPACT, " 12 days ok; = 40 "))
                .isEqualTo(new Parsed(List.of(), "12 days ok; = 40", ""));
    }

    @Test
    void completionThatNeverComesToASolutionHasNone() {
        Parsed parsed = Verification.parse(COMPACT, "verify right , wrong 1");
        assertThat(parsed.solution()).isEmpty();
        assertThat(parsed.flaw()).contains("never comes to a solution");
    }

    @Test
    void missingSurplusAndUnclearVerdictsAreNotRight() {
        assertThat(Verification.parse(COMPACT, "verify right solution x").agreement(SHOWN))
                .isEqualTo(0.5);
        assertThat(Verification.parse(COMPACT, "verify right , wrong , right , right solution x")
                        .agreement(SHOWN))
                .isEqualTo(0.5);
        assertThat(Verification.parse(COMPACT, "verify gold , gold solution x").agreement(SHOWN))
                .isZero();
    }

    private static VerifiedRoute route(String text, boolean positive, int decisiveStep, String reason) {
        return new VerifiedRoute(
                new Route("p", "a", 0, text, null, 5, -0.1, null),
                positive,
                false,
                true,
                0.5,
                decisiveStep,
                reason,
                List.of());
    }
}
