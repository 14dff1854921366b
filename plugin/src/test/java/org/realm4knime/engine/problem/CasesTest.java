package org.realm4knime.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.DatasetFormat.Layout;
import org.realm4knime.engine.route.RouteReader;
import org.realm4knime.engine.supervised.ExampleReader;
import org.realm4knime.engine.supervised.SupervisedExample;

/** Files that were read wrongly once. */
class CasesTest {

    private static Path file(String name) throws URISyntaxException {
        return Path.of(CasesTest.class.getResource("cases/" + name).toURI());
    }

    private static Loaded<Problem> problems(String name) throws URISyntaxException {
        return DatasetReader.read(file(name), DatasetFormat.of(Layout.GUESS));
    }

    @Test
    void alpacaJoinsInstructionAndInput() throws URISyntaxException {
        List<String> asked = List.of("Solve the equation for x.\n\nx + 3 = 5", "How many legs do three dogs have?");
        assertThat(problems("alpaca/alpaca.jsonl").rows())
                .extracting(Problem::question)
                .containsExactlyElementsOf(asked);
        assertThat(problems("alpaca/alpaca.jsonl").rows())
                .extracting(Problem::answer)
                .containsExactly("2", "12");
        assertThat(ExampleReader.read(file("alpaca/alpaca.jsonl")).rows())
                .containsExactly(SupervisedExample.of(asked.get(0), "2"), SupervisedExample.of(asked.get(1), "12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sharegpt.jsonl", "messages.jsonl"})
    void conversationsAreAPromptAndItsReply(String name) throws URISyntaxException {
        assertThat(ExampleReader.read(file("alpaca/" + name)).rows())
                .containsExactly(SupervisedExample.of("What is 2 + 3?", "2 + 3 = 5. The answer is 5."));
        assertThat(problems("alpaca/" + name).rows())
                .containsExactly(new Problem("1", "What is 2 + 3?", "5", "2 + 3 = 5. The answer is 5.", null));
    }

    @Test
    void promptAndCompletionMayBeMessages() throws URISyntaxException {
        assertThat(ExampleReader.read(file("alpaca/prompt_messages.jsonl")).rows())
                .containsExactly(SupervisedExample.of("What is 2 + 3?", "The answer is 5."));
    }

    @Test
    void bodyAndQuestionAreOneQuestion() throws URISyntaxException {
        Loaded<Problem> loaded = problems("body-and-question/p.jsonl");
        assertThat(loaded.rows())
                .containsExactly(
                        new Problem(
                                "1",
                                "A basket holds seven pears and two plums. How many fruits are in the basket?",
                                "9 (fruits)",
                                null,
                                null),
                        new Problem("s2", "A bus has 12 seats and 4 are free. How many are taken?", "8", null, null));
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertThatThrownBy(() -> problems("csv-duplicate-columns/p.csv"))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("p.csv", "columns 2 and 3", "'answer'", "Rename one");
    }

    @Test
    void aPandasIndexIsNoColumn() throws URISyntaxException {
        Loaded<Problem> loaded = problems("csv-pandas-index/p.csv");
        assertThat(loaded.rows())
                .containsExactly(
                        new Problem("1", "What is 2 + 3?", "5", null, null),
                        new Problem("2", "What is 4 + 4?", "8", null, null));
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void aListAndAnObjectWithAListAreFilesOfRecords() throws URISyntaxException {
        assertThat(problems("json-array/p.json").rows())
                .extracting(Problem::answer)
                .containsExactly("5", "8");
        assertThat(problems("json-array/examples.json").rows())
                .containsExactly(new Problem("1", "What is 2 + 3?", "5", null, null));
    }

    @Test
    void theLastBoxOfASolutionIsTheAnswer() throws URISyntaxException {
        Loaded<Problem> loaded = problems("math-layout/p.jsonl");
        assertThat(loaded.rows()).extracting(Problem::answer).containsExactly("7", "\\frac{3}{4}");
        assertThat(loaded.rows()).extracting(Problem::domain).containsOnly("Algebra");
        assertThat(loaded.rows().get(0).rationale()).isEqualTo("Adding gives $3+4=\\boxed{7}$.");
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void problemsWithoutAnAnswerAreCounted() throws URISyntaxException {
        Loaded<Problem> loaded = problems("missing-answers/p.jsonl");
        assertThat(loaded.rows()).extracting(Problem::hasAnswer).containsExactly(true, false, false);
        assertThat(loaded.warnings()).singleElement().asString().contains("2 of 3 records (lines 2, 3) have no answer");
        assertThat(RouteReader.read(file("missing-answers/routes.csv")).rows()).hasSize(2);
    }

    @Test
    void truthValuesAreAnswers() throws URISyntaxException {
        assertThat(problems("boolean-answers/p.jsonl").rows())
                .extracting(Problem::answer)
                .containsExactly("true", "false");
    }
}
