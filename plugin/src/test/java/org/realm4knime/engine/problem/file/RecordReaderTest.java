package org.realm4knime.engine.problem.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

class RecordReaderTest {

    private static final List<String> QUESTION = List.of("question");
    private static final List<String> ANSWER = List.of("answer");

    @TempDir
    Path folder;

    private final ReadNotes notes = new ReadNotes();

    private List<String> answers(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return records(file).stream()
                .map(record -> record.text(QUESTION).orElseThrow() + "="
                        + record.text(ANSWER).orElse(""))
                .toList();
    }

    private List<String> answers(String name, String content) throws IOException {
        return answers(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\":\"a\",\"answer\":1}\n{\"question\":\"b\",\"answer\":2}\n",
                "\n\n{\"question\":\"a\",\"answer\":1}\r\n\r\n{\"question\":\"b\",\"answer\":2}",
                "[{\"question\":\"a\",\"answer\":1},{\"question\":\"b\",\"answer\":2}]",
                "[\n  {\n    \"question\": \"a\",\n    \"answer\": 1\n  },\n  {\"question\":\"b\",\"answer\":2}\n]\n",
                "{\n \"question\": \"a\",\n \"answer\": 1\n}\n{\n \"question\": \"b\",\n \"answer\": 2\n}\n",
                "{\"version\":1,\"data\":[{\"question\":\"a\",\"answer\":1},{\"question\":\"b\",\"answer\":2}]}",
                "{\n\"canary\": \"x\",\n\"examples\": [\n{\"question\":\"a\",\"answer\":1},"
                        + "\n{\"question\":\"b\",\"answer\":2}]}",
                "{\"features\":[{\"name\":\"q\"}],\"rows\":[{\"row\":{\"question\":\"a\",\"answer\":1}},"
                        + "{\"row\":{\"question\":\"b\",\"answer\":2}}]}",
                "{\"question\":[\"a\",\"b\"],\"answer\":[1,2]}",
                "{\"question\":{\"0\":\"a\",\"1\":\"b\"},\"answer\":{\"0\":1,\"1\":2}}",
                "{\"0\":{\"question\":\"a\",\"answer\":1},\"1\":{\"question\":\"b\",\"answer\":2}}",
                "{\"columns\":[\"question\",\"answer\"],\"index\":[0,1],\"data\":[[\"a\",1],[\"b\",2]]}",
                "{\"schema\":{\"fields\":[]},\"data\":[{\"question\":\"a\",\"answer\":1},{\"question\":\"b\","
                        + "\"answer\":2}]}"
            })
    void jsonIsReadInEveryForm(String content) throws IOException {
        for (String name : List.of("p.json", "p.jsonl", "p.txt", "p.csv", "p")) {
            assertThat(answers(name, content)).as(name).containsExactly("a=1", "b=2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "question,answer\na,1\nb,2\n",
                "question;answer\na;1\nb;2",
                "question\tanswer\r\na\t1\r\nb\t2\r\n",
                "question|answer\na|1\nb|2\n",
                "sep=;\nquestion;answer\na;1\nb;2\n",
                "sep=,\r\nquestion,answer\r\na,1\r\nb,2\r\n",
                "\"sep=\t\"\nquestion\tanswer\na\t1\nb\t2\n",
                ",question,answer\n0,a,1\n1,b,2\n",
                "Unnamed: 0,question,answer\n0.0,a,1\n1.0,b,2\n",
                "question,answer,,\na,1,,\nb,2,,\n",
                "question,answer\na,1,,\nb,2,,\n,,,\n",
                "\n\nquestion,answer\n\na,1\nb,2\n",
                "\"question\",\"answer\"\n\"a\",\"1\"\n\"b\",\"2\"\n",
                " question , answer \na,1\nb,2\n",
                "Question,ANSWER,note\na,1,\"x, y; z\"\nb,2,\"two\nlines\"\n",
                "question;answer;note\na;1;one, two, three\nb;2;four, five\n"
            })
    void tablesAreReadInEveryForm(String content) throws IOException {
        for (String name : List.of("p.csv", "p.tsv", "P.TXT", "p.tab")) {
            assertThat(answers(name, content)).as(name).containsExactly("a=1", "b=2");
            assertThat(answers(name, "\uFEFF" + content)).as(name).containsExactly("a=1", "b=2");
        }
        assertThat(notes.warnings(2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void theByteOrderMarkTellsTheEncoding(String charset) throws IOException {
        assertThat(answers("p.csv", "\uFEFFquestion\tanswer\nä\t€\n".getBytes(Charset.forName(charset))))
                .containsExactly("ä=€");
        assertThat(answers("p.jsonl", "\uFEFF{\"question\":\"ä\",\"answer\":\"€\"}".getBytes(Charset.forName(charset))))
                .containsExactly("ä=€");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16IsKnownWithoutAMarkToo(String charset) throws IOException {
        assertThat(answers("p.csv", "question\tanswer\na\t1\n".getBytes(Charset.forName(charset))))
                .containsExactly("a=1");
    }

    private List<FileRecord> records(Path file) {
        return Progress.unwatched(progress -> RecordReader.read(file, notes, progress));
    }

    @Test
    void bytesOfAnotherEncodingAreNamedWithTheirLine() throws IOException {
        byte[] windows = "question,answer\na,1\nprice?,5 €\n".getBytes("windows-1252");
        assertThatThrownBy(() -> answers("p.csv", windows))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(
                        "not encoded in UTF-8", "line 3", "byte 80", "'€' in Windows-1252", "CSV UTF-8", "CSV Reader");
        byte[] json = "{\"question\":\"é\"}\n".getBytes("windows-1252");
        assertThatThrownBy(() -> answers("p.jsonl", json)).hasMessageContainingAll("line 1", "byte E9", "'é'");
        byte[] late = ("{\"question\":\"e\"}\n".repeat(10_000) + "{\"question\":\"é\"}\n").getBytes("windows-1252");
        assertThatThrownBy(() -> answers("p.jsonl", late)).hasMessageContaining("line 10001");
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of("p.parquet", "PAR1\u0015\u0000", "Parquet Reader"),
                Arguments.of("p.jsonl", "PAR1\u0015\u0000", "Parquet Reader"),
                Arguments.of("p.xlsx", "PK\u0003\u0004\u0014\u0000xl/workbook.xml", "Excel Reader"),
                Arguments.of("p.csv", "PK\u0003\u0004\u0014\u0000_rels xl/workbook.xml", "Excel Reader"),
                Arguments.of("p.xls", "\u00D0\u00CF\u0011\u00E0\u00A1", "Excel Reader"),
                Arguments.of("p.zip", "PK\u0003\u0004\u0014\u0000train.jsonl", "Unpack"),
                Arguments.of("p.jsonl.gz", "\u001F\u008B\b", "gunzip"),
                Arguments.of("p.jsonl.bz2", "BZh9", "bunzip2"),
                Arguments.of("p.jsonl.zst", "\u0028\u00B5\u002F\u00FD", "unzstd"),
                Arguments.of("p.arrow", "\u00FF\u00FF\u00FF\u00FF", "to_json"),
                Arguments.of("p.db", "SQLite format 3\u0000", "DB Reader"),
                Arguments.of("p.json", "version https://git-lfs.github.com/spec/v1\noid sha256:0", "git lfs pull"),
                Arguments.of("p.csv", "\n<!DOCTYPE html><html>", "/resolve/"),
                Arguments.of("p.xml", "<?xml version=\"1.0\"?><ProblemSet/>", "XML Reader"),
                Arguments.of("p.yaml", "- question: a", "JSON Lines or CSV"),
                Arguments.of("p.bin", "a\u0000\u0000\u0000b\u0001", "no text"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void otherKindsOfFilesAreNamedWithTheWayToTheirData(String name, String content, String wayOut) {
        assertThatThrownBy(() -> answers(name, content.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(name, wayOut, "CSV");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "p.jsonl ~ {\"question\":\"a\",\"question\":\"b\"} ~ line 1 ~ 'question' stands twice",
                "p.jsonl ~ {'question': 'a', 'answer': None} ~ line 1 ~ json.dumps",
                "p.jsonl ~ {\"question\":\"a\"},\\n{\"question\":\"b\"} ~ line 1 ~ no comma stands between the lines",
                "p.jsonl ~ {\"question\":\"a\"}\\n[1] ~ line 2 ~ begins with '['",
                "p.jsonl ~ {\"question\":\"a\"}\\n{\"question\":\"b\" ~ line 2 ~ Correct or remove the line",
                "p.json ~ [{\"question\":\"a\"},\\n{\"question\":\"b\"} ~ line ~ no JSON object",
                "p.json ~ [{\"question\":\"a\"},\\n5] ~ line 2 ~ no object: 5",
                "p.json ~ [{\"question\":\"a\"}]\\n{\"question\":\"b\"} ~ line 2 ~ behind the end of the list",
                "p.json ~ {\"train\":[{\"question\":\"a\"}],"
                        + "\"test\":[{\"question\":\"b\"}]} ~ line 1 ~ several lists: train, test",
                "p.json ~ question,answer\\na,1 ~ line 1 ~ name it .csv",
                "p.csv ~ question,question\\na,b ~ columns 1 and 2 ~ both called 'question'",
                "p.csv ~ question,Question \\na,b ~ columns 1 and 2 ~ Rename one",
                "p.csv ~ question,answer\\na,1\\nb, c,2 ~ line 3 ~ 3 values",
                "p.csv ~ question,answer\\na,\"1\"2\\n ~ line 2 ~ quotation mark",
                "p.csv ~ question,answer\\n\"a,1\\nb,2 ~ line 2 ~ quotation mark",
                "p.csv ~ question,answer\\na, \"1\" ~ line 2 ~ space before its quotation mark",
                "p.csv ~ question,answer ~ p.csv ~ holds no records"
            })
    void aBrokenFileIsRefusedWithItsPlace(String name, String content, String place, String what) {
        assertThatThrownBy(() -> answers(name, content.replace("\\n", "\n")))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(name, place, what);
    }

    @Test
    void aColumnWithoutANameThatHoldsTextIsNamed() throws IOException {
        assertThat(answers("p.csv", "question,,answer\na,why,1\n")).containsExactly("a=1");
        assertThat(notes.warnings(1)).singleElement().asString().contains("Column 2 has no name");
    }

    @Test
    void everyRecordKnowsItsLine() throws IOException {
        Map<String, String> files = Map.of(
                "a.csv", "sep=;\nquestion;answer\n\"a\nb\";1\n\nc;2\n",
                "b.json", "[\n{\"question\":\n\"a\"},\n\n{\"question\":\"c\"}]");
        assertThat(places("a.csv", files)).containsExactly("line 3", "line 6");
        assertThat(places("b.json", files)).containsExactly("line 2", "line 5");
    }

    private List<String> places(String name, Map<String, String> files) throws IOException {
        return records(Files.writeString(folder.resolve(name), files.get(name))).stream()
                .map(FileRecord::place)
                .toList();
    }

    /** Every table that pandas can write of the same rows gives the same records. */
    @Test
    void anyTextSurvivesCsvAndJson() throws IOException {
        Random random = new Random(7);
        String signs = "ab,;\t|\"'\n\\{}[]#=€ä \u2028";
        for (int round = 0; round < 200; round++) {
            List<String> texts = IntStream.range(0, 3)
                    .mapToObj(i -> "x"
                            + random.ints(6, 0, signs.length())
                                    .mapToObj(c -> signs.substring(c, c + 1))
                                    .reduce("", String::concat)
                            + "x")
                    .toList();
            StringBuilder csv = new StringBuilder("question,answer\n");
            texts.forEach(
                    text -> csv.append('"').append(text.replace("\"", "\"\"")).append("\",1\n"));
            List<String> wanted = texts.stream().map(text -> text + "=1").toList();
            assertThat(answers("p.csv", csv.toString())).isEqualTo(wanted);
            String json = texts.stream()
                    .map(text -> "{\"question\":" + new JsonPrimitive(text) + ",\"answer\":1}\n")
                    .reduce("", String::concat);
            assertThat(answers("p.jsonl", json)).isEqualTo(wanted);
        }
    }
}
