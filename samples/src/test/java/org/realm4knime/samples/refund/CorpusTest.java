package org.realm4knime.samples.refund;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.domain.Verdicts;
import org.realm4knime.samples.refund.RefundDesk.Split;

class CorpusTest {

    @Test
    void noTestCaseIsInACorpus() {
        Set<String> tested = new HashSet<>();
        for (Split split : List.of(Split.TEST, Split.HARDER)) {
            for (Problem problem : RefundDesk.problems(split, 2000, 4)) {
                tested.add(ToldCase.of(problem.question()).combination());
            }
        }
        for (Corpus corpus : Corpus.values()) {
            Set<String> seen = new HashSet<>();
            for (TrainingText text : RefundDesk.corpus(corpus, 6000, 5)) {
                seen.add(question(text).combination());
            }
            assertThat(seen).hasSizeGreaterThan(1000);
            assertThat(Collections.disjoint(seen, tested)).isTrue();
        }
    }

    private static ToldCase question(TrainingText text) {
        String question = text.prompt().replaceAll("( \\|.*)? :$", "");
        return ToldCase.of(question.replaceAll(
                "^(?:(?:Returns end|Silver members|Broken items|Used items|Gold members|The fee)[^.]*\\. )+", ""));
    }

    @Test
    void promptsAreWhatTheCompactFormatMakesOfTheirParts() {
        RefundCase refund = new RefundCase(
                Membership.GOLD, List.of(new RefundCase.Item(Product.LAPTOP, 240)), 12, Condition.BROKEN, 0);
        PromptFormat format = PromptFormat.compact();
        assertThat(refund.question())
                .isEqualTo("A gold member returns a laptop priced 240 after 12 days, it is broken.");
        for (List<String> rules :
                List.of(List.<String>of(), List.of("Gold members pay no fee.", "Used items get all."))) {
            for (List<String> routes : List.of(List.<String>of(), List.of("5 days ok; refund = 5", "late"))) {
                assertThat(Corpus.prompt(rules, refund, routes))
                        .isEqualTo(format.render(refund.question(), rules, routes));
            }
        }
    }

    @Test
    void theBaseSeesGuessesRulesAndRoutesInTurn() {
        List<TrainingText> texts = RefundDesk.corpus(Corpus.BASE, 3000, 6);
        for (int i = 0; i < texts.size(); i++) {
            TrainingText text = texts.get(i);
            assertThat(text.prompt()).endsWith(" :");
            boolean routes = text.prompt().contains(" | ");
            assertThat(routes).isEqualTo(i % 3 == 2);
            assertThat(text.completion().startsWith("verify ")).isEqualTo(routes);
        }
        assertThat(texts.get(0).prompt()).doesNotContainPattern("Silver members|Gold members|The fee");
        assertThat(texts.get(1).prompt()).containsPattern("Silver members|Gold members|The fee|Returns end|items get");
    }

    @Test
    void aRoutedTextJudgesEveryRouteAndTakesARightOneOver() {
        List<TrainingText> texts = RefundDesk.corpus(Corpus.BASE, 3000, 8);
        for (int i = 2; i < texts.size(); i += 3) {
            String[] parts = texts.get(i).prompt().replaceAll(" :$", "").split(" \\| ");
            String[] completion = texts.get(i).completion().split(" solution ");
            List<String> verdicts =
                    Arrays.asList(completion[0].substring("verify ".length()).split(" , "));
            assertThat(verdicts).hasSize(parts.length - 1);
            for (int k = 0; k < verdicts.size(); k++) {
                String route = parts[k + 1];
                if (verdicts.get(k).equals("right")) {
                    assertThat(lastNumber(route)).isEqualTo(lastNumber(completion[1]));
                } else {
                    int step = Integer.parseInt(verdicts.get(k).substring("wrong ".length()));
                    List<String> steps = Arrays.asList(route.split("; "));
                    assertThat(String.join("; ", steps.subList(0, step - 1))).isSubstringOf(completion[1]);
                    assertThat(completion[1] + "; ").doesNotStartWith(String.join("; ", steps.subList(0, step)) + "; ");
                }
            }
            assertThat(List.of(parts)).contains(completion[1]);
        }
    }

    /** Without rules the base can only guess, and what it guesses first is right for less than half of the cases. */
    @Test
    void theBestGuessOfTheBaseIsRightAboutHalfTheTime() {
        RefundPolicy likeliest = new RefundPolicy(30, 0, false, 0, false, 10, 10, 0);
        double right = share(likeliest);
        assertThat(right).isBetween(0.42, 0.52);
        // with the five written rules followed
        assertThat(share(new RefundPolicy(30, 0, true, 0, true, 10, 10, 0))).isBetween(0.65, 0.75);
    }

    private static double share(RefundPolicy policy) {
        Random random = new Random(9);
        int right = 0;
        for (int i = 0; i < 4000; i++) {
            RefundCase refund = Split.TEST.draw(random);
            right += Reasoning.amount(refund, policy)
                            == ToldCase.of(refund.question()).refund()
                    ? 1
                    : 0;
        }
        return right / 4000.0;
    }

    /** The advisers are wrong often enough to mislead, and together right often enough to learn from. */
    @ParameterizedTest
    @CsvSource({"HASTY, 0.50, 0.65", "STRICT, 0.62, 0.76", "CARELESS, 0.70, 0.82"})
    void advisersHaveTheirFaults(Adviser adviser, double low, double high) {
        Random random = new Random(10);
        int right = 0;
        for (int i = 0; i < 4000; i++) {
            RefundCase refund = Split.TEST.draw(random);
            int answer = Verdicts.answer(adviser.reason(refund, random));
            right += answer == ToldCase.of(refund.question()).refund() ? 1 : 0;
        }
        assertThat(right / 4000.0).isBetween(low, high);
    }

    @Test
    void anAdviserErrsWhereItsFaultLies() {
        Random random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            RefundCase refund = Split.TRAIN.draw(random);
            String hasty = Adviser.HASTY.reason(refund, random);
            assertThat(hasty).doesNotContain("used half").doesNotContain("broken");
            assertThat(Adviser.STRICT.reason(refund, random))
                    .doesNotContain("gold")
                    .doesNotContain("silver");
            if (hasty.contains("electronics")) {
                assertThat(hasty).contains("electronics 10%");
            }
            assertThat(Adviser.CARELESS.reason(refund, random)).doesNotContainPattern("electronics (?!15%)");
        }
    }

    @Test
    void theCarelessForgetToBorrow() {
        RefundCase refund = new RefundCase(
                Membership.REGULAR, List.of(new RefundCase.Item(Product.LAPTOP, 240)), 12, Condition.UNUSED, 0);
        Random random = new Random(12);
        List<String> written = IntStream.range(0, 1000)
                .mapToObj(i -> Adviser.CARELESS.reason(refund, random))
                .toList();
        // 0 - 6 wraps round to 4, 4 - 3 is 1, 2 - 0 is 2; right would be 204
        assertThat(written)
                .containsOnly(
                        "12 days ok; electronics 15%; 240 - 36 = 214", "12 days ok; electronics 15%; 240 - 36 = 204");
        assertThat(written).filteredOn(text -> text.endsWith("214")).hasSizeBetween(920, 980);
    }

    private static int lastNumber(String text) {
        return Integer.parseInt(text.replaceAll(".*\\D(?=\\d+$)", ""));
    }
}
