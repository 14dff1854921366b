package org.realm4knime.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.DatasetFormat.Layout;

class DatasetReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsJsonLinesWithUsualFieldNames() throws IOException {
        assertThat(
                        read(
                                "p.jsonl",
                                Layout.GUESS,
                                """
                {"id": "a", "question": "1 + 1?", "answer": 2, "rationale": "1 + 1 = 2", "domain": "sums"}

                {"question": "2 + 2?", "answer": "4"}
                """))
                .containsExactly(
                        new Problem("a", "1 + 1?", "2", "1 + 1 = 2", "sums"),
                        new Problem("2", "2 + 2?", "4", null, null));
    }

    @Test
    void readsNamedFieldsAlsoInsideOthers() throws IOException {
        Path file = write("p.jsonl", "{\"q\": {\"text\": \"1 + 1?\"}, \"gold\": \"2\"}");
        DatasetFormat format = new DatasetFormat(Layout.JSONL, new FieldNames(null, "q.text", "gold", null, null));
        assertThat(DatasetReader.read(file, format).rows())
                .containsExactly(new Problem("1", "1 + 1?", "2", null, null));
    }

    @Test
    void readsGsm8kAnswersFromBehindTheirMark() throws IOException {
        assertThat(read(
                        "p.jsonl",
                        Layout.GUESS,
                        "{\"question\": \"How many?\", \"answer\": \"6*2=<<6*2=12>>12\\n#### 12\"}"))
                .containsExactly(new Problem("1", "How many?", "12", "6*2=<<6*2=12>>12", null));
    }

    @Test
    void readsCsvWithSemicolonsQuotesAndByteOrderMark() throws IOException {
        assertThat(read("p.csv", Layout.GUESS, "\uFEFFid;question;answer\n7;\"One;\ntwo?\";3\n8;Four?;4\n"))
                .containsExactly(
                        new Problem("7", "One;\ntwo?", "3", null, null), new Problem("8", "Four?", "4", null, null));
    }

    @Test
    void readsTheLayoutsOfMultipleChoice() throws IOException {
        String listed = "Sky?\nA) red\nB) blue";
        Problem expected = new Problem("1", listed, "B", null, null);
        for (String line : List.of(
                "{\"question\": \"Sky?\", \"choices\": [\"red\", \"blue\"], \"answer\": 1}",
                "{\"question\": \"Sky?\", \"options\": {\"A\": \"red\", \"B\": \"blue\"}, \"answer\": \"blue\"}",
                "{\"question\": \"Sky?\", \"choices\": {\"text\": [\"red\", \"blue\"], \"label\": [\"1\", \"2\"]},"
                        + " \"answerKey\": \"2\"}",
                "{\"question\": {\"stem\": \"Sky?\", \"choices\": [{\"label\": \"A\", \"text\": \"red\"}, {\"label\":"
                        + " \"B\", \"text\": \"blue\"}]}, \"answerKey\": \"(b)\"}",
                "{\"question\": \"Sky?\", \"options\": [\"A)red\", \"B)blue\"], \"correct\": \"B\"}",
                "{\"question\": \"Sky?\", \"A\": \"red\", \"B\": \"blue\", \"answer\": \"B\"}")) {
            assertThat(read("p.jsonl", Layout.GUESS, line)).as(line).containsExactly(expected);
        }
    }

    @Test
    void aNumberIsThePlaceOfAChoiceEvenAmongNumbers() throws IOException {
        String choices = "{\"question\": \"1 + 1?\", \"choices\": [\"4\", \"2\", \"1\", \"0\"], \"answer\": %s}";
        assertThat(read("p.jsonl", Layout.GUESS, choices.formatted("1")).get(0).answer())
                .isEqualTo("B");
        assertThat(read("p.jsonl", Layout.GUESS, choices.formatted("\"1\""))
                        .get(0)
                        .answer())
                .isEqualTo("C");
    }

    @Test
    void aListOfAnswersIsJoined() throws IOException {
        assertThat(read("p.jsonl", Layout.GUESS, "{\"question\": \"Primes below 6?\", \"answer\": [2, 3, 5]}")
                        .get(0)
                        .answer())
                .isEqualTo("2; 3; 5");
    }

    @Test
    void aNamedFieldThatOccursNowhereIsAMistake() throws IOException {
        Path file = write("p.jsonl", "{\"question\": \"1 + 1?\", \"answer\": \"2\"}");
        DatasetFormat format = new DatasetFormat(Layout.JSONL, new FieldNames(null, null, "gold", null, null));
        assertThatThrownBy(() -> DatasetReader.read(file, format))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("p.jsonl", "'gold'", "question, answer");
    }

    @Test
    void errorsNameFileAndLineAndSayWhatToDo() throws IOException {
        assertError(
                "{\"question\": \"a\", \"answer\": \"1\"}\n{oops\n", "line 2", "no JSON object", "Correct or remove");
        assertError("[1, 2]\n", "line 1", "no JSON object");
        assertError("{\"text\": \"a\", \"answer\": \"1\"}\n", "line 1", "no question", "text, answer");
        assertError(
                "{\"id\": \"x\", \"question\": \"a\"}\n{\"id\": \"x\", \"question\": \"b\"}\n",
                "line 2",
                "'x' stands in line 1",
                "an id of its own");
        assertError("\n\n", "holds no records");
        assertError("{\"question\": \"a\", \"choices\": [\"x\", \"y\"], \"answer\": \"z\"}", "line 1", "'z' is none");
    }

    @Test
    void namesAMissingFileAFolderAndAWrongEncoding() throws IOException {
        DatasetFormat format = DatasetFormat.of(Layout.GUESS);
        assertThatThrownBy(() -> DatasetReader.read(folder.resolve("none.jsonl"), format))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("none.jsonl does not exist");
        assertThatThrownBy(() -> DatasetReader.read(folder, format)).hasMessageContaining("is a folder");
        Path latin =
                Files.write(folder.resolve("l.jsonl"), "{\"question\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DatasetReader.read(latin, format)).hasMessageContaining("not encoded in UTF-8");
    }

    @Test
    void aCsvRowWithTooManyValuesIsNamed() throws IOException {
        Path file = write("p.csv", "question,answer\nfine?,1\nOne, two?,3\n");
        assertThatThrownBy(() -> DatasetReader.read(file, DatasetFormat.of(Layout.GUESS)))
                .hasMessageContaining("p.csv, line 3")
                .hasMessageContaining("3 values");
    }

    private void assertError(String content, String... parts) throws IOException {
        Path file = write("bad.jsonl", content);
        assertThatThrownBy(() -> DatasetReader.read(file, DatasetFormat.of(Layout.GUESS)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }

    private List<Problem> read(String name, Layout layout, String content) throws IOException {
        return DatasetReader.read(write(name, content), DatasetFormat.of(layout))
                .rows();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
