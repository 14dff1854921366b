package org.realm4knime.engine.eaai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

class SourceCheckTest {

    private static final AnswerChecker CHECKER = AnswerChecker.of(AnswerType.NUMBER, 0);

    private static GuidedProblem verified(int number, String reference, String... texts) {
        Problem problem = new Problem("p" + number, "How many?", reference, null, null);
        List<Route> routes = IntStream.range(0, texts.length)
                .mapToObj(i -> new Route("p" + number, "source " + i, 0, texts[i], null, 2, -0.1, null))
                .toList();
        return new GuidedProblem(
                problem, new RouteVerifier(CHECKER, VerifierSettings.defaults()).verify(problem, routes));
    }

    private static List<GuidedProblem> problems(int count, String reference, String... texts) {
        return IntStream.range(0, count)
                .mapToObj(i -> verified(i, reference, texts))
                .toList();
    }

    @Test
    void aSourceThatIsNeverRightIsNamedWithWhatItWrites() {
        assertThat(SourceCheck.neverRight(problems(20, "3", "The answer is 3.", "It is more.\ngreatly three")))
                .hasValueSatisfying(said -> assertThat(said)
                        .startsWith(
                                "None of the 20 routes of 'source 1' is right; the first one ends with 'greatly three',"
                                        + " where '3' is right.")
                        .doesNotContain("source 0"));
    }

    @Test
    void fewRoutesAndOneRightAmongManySayNothing() {
        assertThat(SourceCheck.neverRight(problems(19, "3", "four"))).isEmpty();
        List<GuidedProblem> once = Stream.concat(
                        problems(30, "3", "The answer is 4.").stream(),
                        Stream.of(verified(30, "3", "The answer is 3.")))
                .toList();
        assertThat(SourceCheck.neverRight(once)).isEmpty();
        assertThat(SourceCheck.neverRight(problems(30, "", "The answer is 4.")))
                .as("no references")
                .isEmpty();
    }

    @Test
    void routesWhoseAnswerIsNotReadAreCounted() {
        assertThat(SourceCheck.unread(problems(5, "3", "The answer is 3.", "I cannot say."), List.of()))
                .hasValue("5 of 10 routes have no answer that could be read, so they count as wrong. The first of them"
                        + " ends with 'I cannot say.'. Let routes end with 'The answer is ...'.");
        assertThat(SourceCheck.unread(problems(4, "3", "I cannot say."), List.of()))
                .as("few")
                .isEmpty();
        assertThat(SourceCheck.unread(problems(30, "3", "The answer is 4."), List.of()))
                .as("wrong, but read")
                .isEmpty();
    }

    @Test
    void anAnswerThatIsNoLabelIsNotRead() {
        assertThat(SourceCheck.unread(problems(6, "3", "The answer is 3."), List.of("acc", "good")))
                .hasValueSatisfying(said -> assertThat(said).endsWith("and one of the labels: acc, good."));
    }
}
