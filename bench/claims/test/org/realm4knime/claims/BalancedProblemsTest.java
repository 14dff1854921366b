package org.realm4knime.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

class BalancedProblemsTest {

    private final BalancedProblems balanced = new BalancedProblems(AnswerChecker.of(AnswerType.NUMBER, 0));

    /** Of six problems with the answer 1: a, b, c by majority right, d by minority, e by none, f without routes. */
    @Test
    void asManyOfEitherKind() {
        List<Problem> problems = Stream.of("a", "b", "d", "c", "e", "f")
                .map(id -> new Problem(id, "question " + id, "1", null, null))
                .toList();
        List<Route> routes = Stream.of(
                        routes("a", 1, 1, 2),
                        routes("b", 1, 1, 1),
                        routes("c", 2, 1, 1),
                        routes("d", 1, 2, 2),
                        routes("e", 2, 2, 3))
                .flatMap(List::stream)
                .toList();
        assertThat(balanced.of(problems, routes)).extracting(Problem::id).containsExactly("a", "d");
    }

    @Test
    void withoutOneKindThereAreNone() {
        List<Problem> problems = List.of(new Problem("a", "question", "1", null, null));
        assertThat(balanced.of(problems, routes("a", 1, 1, 2))).isEmpty();
        assertThat(balanced.of(problems, routes("a", 1, 2, 2))).isEmpty();
    }

    private static List<Route> routes(String problem, int... answers) {
        return IntStream.range(0, answers.length)
                .mapToObj(i ->
                        new Route(problem, "s" + i, 0, "The answer is " + answers[i] + ".", null, 5, Double.NaN, null))
                .toList();
    }
}
