package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.problem.AnswerChecker;
import org.realm4knime.engine.problem.AnswerType;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Problem;

/** On 20 problems of GSM8K's test split: the first 18, and two whose solutions hold a wrong equation. */
class Gsm8kTest {

    private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*>>");

    private static List<Problem> problems() throws URISyntaxException {
        Path file = Path.of(Gsm8kTest.class
                .getResource("/org/realm4knime/engine/problem/gsm8k/test-excerpt.jsonl")
                .toURI());
        return DatasetReader.read(file, DatasetFormat.of(DatasetFormat.Layout.GUESS));
    }

    @Test
    void theAnswerIsFoundInEverySolution() throws URISyntaxException {
        List<String> answers = problems().stream().map(Problem::answer).toList();
        assertThat(answers).hasSize(20).startsWith("18", "3", "70000");
        AnswerType type = AnswerType.guess(answers);
        assertThat(type).isEqualTo(AnswerType.NUMBER);
        AnswerChecker checker = AnswerChecker.of(type, 0);
        assertThat(problems())
                .allMatch(problem -> checker.matches(
                        checker.extract(problem.rationale() + "\n#### " + problem.answer())
                                .orElseThrow(),
                        problem.answer()));
    }

    /** All are recomputed but one, which only names a number. */
    @Test
    void everyCalculatorAnnotationIsValid() throws URISyntaxException {
        List<String> annotations = problems().stream()
                .flatMap(problem -> ANNOTATION.matcher(problem.rationale()).results())
                .map(MatchResult::group)
                .toList();
        assertThat(annotations).hasSizeGreaterThan(50);
        assertThat(annotations.stream()
                        .filter(annotation -> Claims.in(annotation).isEmpty()))
                .containsExactly("<<125=125>>");
        assertThat(annotations.stream().flatMap(annotation -> Claims.in(annotation).stream()))
                .hasSize(annotations.size() - 1)
                .allMatch(Claim::valid);
    }

    @Test
    void theTwoWrongEquationsOfTheTextAreFoundAndNoOthers() throws URISyntaxException {
        assertThat(problems().stream()
                        .flatMap(problem -> StepSplitter.split(problem.rationale()).stream())
                        .flatMap(step -> Claims.in(step).stream())
                        .filter(claim -> !claim.valid())
                        .map(Claim::reason))
                .containsExactlyInAnyOrder("364 / 4 is 91, not 273", "32 - $20 is 12, not 300");
    }
}
