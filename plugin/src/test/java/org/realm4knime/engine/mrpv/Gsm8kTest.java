package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.arithmetic.Claim;
import org.realm4knime.engine.arithmetic.Claims;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Problem;

/** On all 1,319 problems of GSM8K's test split; docs/gsm8k.md lists what is found. */
class Gsm8kTest {

    private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*>>");

    private static Path file() throws URISyntaxException {
        return Path.of(Gsm8kTest.class
                .getResource("/org/realm4knime/engine/problem/gsm8k/test.jsonl")
                .toURI());
    }

    private static List<Problem> problems() throws URISyntaxException {
        return DatasetReader.read(file(), DatasetFormat.of(DatasetFormat.Layout.GUESS))
                .rows();
    }

    /** The reference is cut from the file's own text here: what stands behind the last four hashes. */
    @Test
    void theAnswerIsFoundInEverySolution() throws URISyntaxException, IOException {
        List<String> answers = problems().stream().map(Problem::answer).toList();
        List<String> solutions = Files.readAllLines(file()).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .map((JsonObject row) -> row.get("answer").getAsString())
                .toList();
        assertThat(AnswerType.guess(answers)).isEqualTo(AnswerType.NUMBER);
        AnswerChecker checker = AnswerChecker.of(AnswerType.NUMBER, 0);

        assertThat(solutions).hasSize(1319).allSatisfy(solution -> {
            String reference =
                    solution.substring(solution.lastIndexOf("####") + 4).strip();
            assertThat(checker.extract(solution))
                    .hasValueSatisfying(answer ->
                            assertThat(checker.matches(answer, reference)).isTrue());
        });
        for (int i = 0; i < solutions.size(); i++) {
            assertThat(solutions.get(i)).endsWith("#### " + answers.get(i));
        }
    }

    /** All are recomputed but those that only name a number, such as {@code <<125=125>>}. */
    @Test
    void everyCalculatorAnnotationIsValid() throws URISyntaxException {
        List<String> annotations = problems().stream()
                .flatMap(problem -> ANNOTATION.matcher(problem.rationale()).results())
                .map(MatchResult::group)
                .toList();
        List<String> named = annotations.stream()
                .filter(annotation -> Claims.in(annotation).isEmpty())
                .toList();

        assertThat(annotations).hasSize(4282);
        assertThat(named).hasSize(76).allMatch(annotation -> annotation.matches("<<\\+?(\\d+)=\\1>>"));
        assertThat(annotations.stream().flatMap(annotation -> Claims.in(annotation).stream()))
                .hasSize(annotations.size() - named.size())
                .allMatch(Claim::valid);
    }

    /** Read as routes, with their words: two equations of gold solutions are wrong, and none else is called so. */
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
