package org.realm4knime.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.DatasetFormat.Layout;

/** Data files as nobody means them: they are read as they are, or named with their line. */
class HostileDataTest {

    @TempDir
    private Path temp;

    private List<Problem> read(String name, String content) throws IOException {
        Path file = Files.write(temp.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        return DatasetReader.read(file, new DatasetFormat(Layout.GUESS, FieldNames.guessed()))
                .rows();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u05de\u05d4 2 + 3?\u200f",
                "\u0645\u0627 2 + 3\u061f",
                "\uD83E\uDDEE 2 + 3? \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "e\u0301 \u202Eevil\u202C \uFEFF2 + 3?",
                "=HYPERLINK(\"http://x\")"
            })
    void textOfAnyScriptStaysAsItIs(String question) throws IOException {
        String quoted = question.replace("\"", "\"\"");
        String escaped = question.replace("\"", "\\\"");
        assertThat(read("a.csv", "question,answer\n\"" + quoted + "\",5\n"))
                .singleElement()
                .extracting(Problem::question)
                .isEqualTo(question);
        assertThat(read("a.jsonl", "{\"question\":\"" + escaped + "\",\"answer\":\"5\"}\n"))
                .singleElement()
                .extracting(Problem::question)
                .isEqualTo(question);
    }

    @Test
    void lineEndsMayBeMixed() throws IOException {
        String record = "{\"question\":\"2 + 3?\",\"answer\":5}";
        assertThat(read("a.jsonl", record + "\r\n" + record + "\n\n" + record + "\r" + record))
                .hasSize(4);
        assertThat(read("a.csv", "question,answer\r\n2 + 3?,5\n2 + 3?,5\r\n\n2 + 3?,5"))
                .hasSize(3);
    }

    @Test
    void aTableMayHaveHundredsOfColumnsAndACellMegabytes() throws IOException {
        String names = IntStream.range(0, 300).mapToObj(i -> "column" + i).collect(Collectors.joining(","));
        String values = IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String question = "What is 2 + 3? ".repeat(300_000);

        assertThat(read("a.csv", names + ",question,answer\n" + values + ",\"" + question + "\",5\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.question()).hasSizeGreaterThan(4_000_000);
                    assertThat(problem.answer()).isEqualTo("5");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
    void whatIsNestedWithoutEndIsNamedWithItsLine(String level) throws IOException {
        String good = "{\"question\":\"2 + 3?\",\"answer\":5}\n";
        String bad = "{\"question\":\"2 + 3?\",\"answer\":5,\"more\":" + level.repeat(100_000);

        assertThatThrownBy(() -> read("a.jsonl", good + bad + "\n"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a.jsonl, line 2: ");
        assertThatThrownBy(() -> read("a.json", level.repeat(100_000)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a.json, line 1: ");
    }

    @Test
    void aCharacterOfNothingIsTextInJsonAndNoFileOfText() throws IOException {
        assertThat(read("a.jsonl", "{\"question\":\"2\\u0000 + 3?\",\"answer\":5}\n"))
                .singleElement()
                .extracting(Problem::question)
                .asString()
                .contains("2", "+ 3?");
        assertThatThrownBy(() -> read("b.jsonl", "{\"question\":\"2\0 + 3?\",\"answer\":5}\n"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("holds bytes that are no text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "question,answer\n", " \t\r\n", "\uFEFF"})
    void nothingIsNamed(String content) {
        assertThatThrownBy(() -> read("a.csv", content))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a.csv");
    }

    @Test
    void aNumberOfABillionDigitsIsNoAnswerThatTakesMemory() throws IOException {
        assertThat(read("a.jsonl", "{\"question\":\"How many?\",\"answer\":1e999999999}\n"))
                .singleElement()
                .extracting(Problem::answer)
                .asString()
                .hasSizeLessThan(50);
    }
}
