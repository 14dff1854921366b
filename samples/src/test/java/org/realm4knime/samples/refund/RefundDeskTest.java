package org.realm4knime.samples.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.samples.refund.RefundDesk.Split;

class RefundDeskTest {

    @ParameterizedTest
    @EnumSource
    void answersAreWhatTheDeskPaysForTheCaseAsTold(Split split) {
        for (Problem problem : RefundDesk.problems(split, 1500, 3)) {
            assertThat(problem.answer())
                    .as(problem.question())
                    .isEqualTo(Integer.toString(ToldCase.of(problem.question()).refund()));
        }
    }

    @Test
    void noCaseIsInTwoSplits() {
        Map<Split, Set<String>> combinations = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            combinations.put(
                    split,
                    RefundDesk.problems(split, 2000, split.ordinal()).stream()
                            .map(p -> ToldCase.of(p.question()).combination())
                            .collect(Collectors.toSet()));
        }
        assertThat(combinations.get(Split.TRAIN)).doesNotContainAnyElementsOf(combinations.get(Split.TEST));
        assertThat(combinations.get(Split.TRAIN)).doesNotContainAnyElementsOf(combinations.get(Split.HARDER));
        assertThat(combinations.get(Split.TEST).stream()
                        .map(c -> c.replaceAll("camera|rug|hat", "held-out"))
                        .filter(c -> !c.contains("held-out")))
                .doesNotContainAnyElementsOf(combinations.get(Split.HARDER));
    }

    @Test
    void harderCasesAreOfKindsThatTrainingLacks() {
        assertThat(RefundDesk.problems(Split.TRAIN, 1000, 1)).allSatisfy(p -> {
            ToldCase told = ToldCase.of(p.question());
            assertThat(told.products()).hasSize(1).doesNotContain("camera", "rug", "hat");
        });
        List<ToldCase> harder = RefundDesk.problems(Split.HARDER, 1000, 1).stream()
                .map(p -> ToldCase.of(p.question()))
                .toList();
        assertThat(harder).allSatisfy(told -> assertThat(told.products().size() == 2
                        || Set.of("camera", "rug", "hat")
                                .contains(told.products().get(0)))
                .isTrue());
        assertThat(harder.stream().filter(told -> told.products().size() == 2).count())
                .isBetween(400L, 600L);
    }

    @Test
    void problemsDependOnNothingButTheSeed() {
        assertThat(RefundDesk.problems(Split.TRAIN, 50, 7)).isEqualTo(RefundDesk.problems(Split.TRAIN, 50, 7));
        assertThat(RefundDesk.problems(Split.TRAIN, 50, 7)).isNotEqualTo(RefundDesk.problems(Split.TRAIN, 50, 8));
        assertThat(RefundDesk.problems(Split.TRAIN, 50, 7))
                .startsWith(RefundDesk.problems(Split.TRAIN, 9, 7).toArray(Problem[]::new));
        assertThat(RefundDesk.corpus(Corpus.BASE, 50, 7)).isEqualTo(RefundDesk.corpus(Corpus.BASE, 50, 7));
    }

    @Test
    void problemsAreDifferentAndNamedAfterTheirSplit() {
        List<Problem> problems = RefundDesk.problems(Split.HARDER, 1000, 5);
        assertThat(problems).extracting(Problem::id).doesNotHaveDuplicates().startsWith("harder-0001", "harder-0002");
        assertThat(problems).extracting(Problem::question).doesNotHaveDuplicates();
        assertThat(problems).extracting(Problem::domain).containsOnly("harder");
        assertThat(problems).extracting(Problem::rationale).containsOnlyNulls();
    }

    @Test
    void onlyPartOfThePolicyIsWrittenDown() {
        assertThat(RefundDesk.rules())
                .extracting(Rule::text)
                .containsExactly(
                        "Returns end after 30 days.",
                        "Used items get half the price.",
                        "Gold members pay no fee.",
                        "The fee for home goods is 10%.",
                        "The fee for clothing is 0%.");
        assertThat(RefundDesk.rules()).extracting(Rule::id).doesNotHaveDuplicates();
    }

    @Test
    void countsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> RefundDesk.problems(Split.TEST, 5001, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5001");
        assertThatThrownBy(() -> RefundDesk.corpus(Corpus.BASE, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everySplitHasEveryKindOfCase() {
        for (Split split : Split.values()) {
            Set<String> kinds = new HashSet<>();
            for (Problem problem : RefundDesk.problems(split, 400, 2)) {
                ToldCase told = ToldCase.of(problem.question());
                kinds.add(told.membership());
                kinds.add(told.condition());
                kinds.add(told.refund() == 0 ? "late" : told.days() > 30 ? "silver days" : "in time");
            }
            assertThat(kinds)
                    .containsExactlyInAnyOrder(
                            "regular", "silver", "gold", "unused", "used", "broken", "late", "silver days", "in time");
        }
    }
}
