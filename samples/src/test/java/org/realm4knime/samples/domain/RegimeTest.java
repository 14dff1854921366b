package org.realm4knime.samples.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.samples.chain.ChainArithmetic;
import org.realm4knime.samples.refund.ReturnsDesk;

/**
 * What it takes to solve a training task: the shares on which comparisons of methods rest, without a model. Policies
 * are drawn as somebody would who takes every convention from some expert, or guesses as the base does.
 */
class RegimeTest {

    private static final int TASKS = 3000;
    private static final int DRAWS = 100;

    private final Random random = new Random(1);

    static Stream<Arguments> domains() {
        // some right route; none, but experts together know all; none, and only the handbook knows; wrong reasons
        return Stream.of(
                Arguments.of(new ReturnsDesk(), 0.60, 0.27, 0.13, 0.23),
                Arguments.of(new ChainArithmetic(), 0.52, 0.38, 0.10, 0.27));
    }

    @ParameterizedTest
    @MethodSource("domains")
    void tasksTakeWhatTheyAreMeantToTake(
            Domain domain, double routed, double composed, double written, double wrongReasons) {
        Policy truth = Policy.truth(domain.conventions());
        List<Policy> experts = domain.experts().stream().map(Expert::policy).toList();
        List<Policy> withHandbook = new ArrayList<>(experts);
        withHandbook.add(handbook(domain, experts.get(0)));
        int right = 0;
        int rightOtherwise = 0;
        int some = 0;
        int composable = 0;
        int onlyWritten = 0;
        double guessed = 0;
        for (int i = 0; i < TASKS; i++) {
            Task task = Split.TRAIN.draw(domain, random);
            String solution = task.reason(truth, Arithmetic.EXACT);
            List<String> routes = domain.experts().stream()
                    .map(expert -> expert.reason(task, random))
                    .filter(route -> Verdicts.answer(route) == Verdicts.answer(solution))
                    .toList();
            right += routes.size();
            rightOtherwise +=
                    (int) routes.stream().filter(r -> !r.equals(solution)).count();
            if (!routes.isEmpty()) {
                some++;
            } else if (share(task, solution, () -> Policy.mixed(experts, random)) > 0) {
                composable++;
                guessed += share(task, solution, () -> Policy.guess(domain.conventions(), random));
            } else if (share(task, solution, () -> Policy.mixed(withHandbook, random)) > 0) {
                onlyWritten++;
            }
        }
        Offset<Double> close = Offset.offset(0.03);
        assertThat(some / (double) TASKS).isCloseTo(routed, close);
        assertThat(composable / (double) TASKS).isCloseTo(composed, close);
        assertThat(onlyWritten / (double) TASKS).isCloseTo(written, close);
        // every task can be solved
        assertThat(some + composable + onlyWritten).isGreaterThan(TASKS * 99 / 100);
        assertThat(rightOtherwise / (double) right).isCloseTo(wrongReasons, close);
        // what experts know together the base does not come upon by itself
        assertThat(guessed / composable).isLessThan(0.015);
    }

    private static Policy handbook(Domain domain, Policy other) {
        Policy policy = other;
        for (Convention convention : domain.conventions()) {
            policy = convention.written() ? policy.with(convention, convention.truth()) : policy;
        }
        return policy;
    }

    /** Share of the drawn policies that reason as the solution does. */
    private static double share(Task task, String solution, Supplier<Policy> draw) {
        return IntStream.range(0, DRAWS)
                        .filter(i -> task.reason(draw.get(), Arithmetic.EXACT).equals(solution))
                        .count()
                / (double) DRAWS;
    }
}
