package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteReader;

/** Problems and routes from files, verified; expected.txt beside them says what is right. */
class AnswerCasesTest {

    private static final Pattern EXPECTED = Pattern.compile("(?m)^(p\\d+): positive = (true|false|\\(any\\))(.*)$");

    @ParameterizedTest
    @CsvSource({
        "answer-after-last-equation, NUMBER",
        "answer-tags, TEXT",
        "boolean-answers, TEXT",
        "boolean-answers, LABEL",
        "brackets-count, TEXT",
        "choice-hedged, MULTIPLE_CHOICE",
        "expression-is-not-its-first-number, NUMBER",
        "float-noise, NUMBER",
        "think-block, NUMBER"
    })
    void areVerifiedAsExpected(String name, AnswerType type) throws URISyntaxException, IOException {
        Path folder = Path.of(AnswerCasesTest.class
                .getResource("/org/realm4knime/engine/problem/cases/" + name)
                .toURI());
        List<Problem> problems = DatasetReader.read(
                        folder.resolve("problems.jsonl"), DatasetFormat.of(DatasetFormat.Layout.GUESS))
                .rows();
        List<Route> routes = RouteReader.read(folder.resolve("routes.jsonl")).rows();
        List<MatchResult> expected = EXPECTED.matcher(Files.readString(folder.resolve("expected.txt")))
                .results()
                .toList();
        assertThat(expected).isNotEmpty();
        RouteVerifier verifier = new RouteVerifier(
                AnswerChecker.of(type, 0, problems.stream().map(Problem::answer).toList()),
                VerifierSettings.defaults());
        for (MatchResult line : expected) {
            Problem problem = problems.stream()
                    .filter(each -> each.id().equals(line.group(1)))
                    .findFirst()
                    .orElseThrow();
            VerifiedRoute verified = verifier.verify(
                            problem,
                            routes.stream()
                                    .filter(route -> route.problemId().equals(problem.id()))
                                    .toList())
                    .get(0);
            if (!line.group(2).equals("(any)")) {
                assertThat(verified.positive()).as(line.group()).isEqualTo(Boolean.parseBoolean(line.group(2)));
            }
            Optional.of(line.group(3))
                    .filter(rest -> rest.contains("process valid = "))
                    .ifPresent(rest -> assertThat(verified.processValid())
                            .as(line.group())
                            .isEqualTo(rest.contains("process valid = true")));
            assertThat(verified.reason()).doesNotContain("\u202F", "\u00A0", "\u2009");
        }
    }
}
