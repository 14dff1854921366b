package org.realm4knime.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.problem.Loaded;

class ExampleReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsExamplesAndWeighsThemOneWithoutAWeight() throws IOException {
        Path file = Files.writeString(
                folder.resolve("examples.jsonl"),
                """
                {"prompt": "2 + 3 :", "completion": "= 5", "weight": 0.5}
                {"instruction": "1 + 1 :", "output": "= 2"}
                """);
        assertThat(ExampleReader.read(file).rows())
                .containsExactly(
                        new SupervisedExample("2 + 3 :", "= 5", 0.5), new SupervisedExample("1 + 1 :", "= 2", 1));
    }

    @Test
    void namesTheLineOfAWeightThatIsNotAboveZero() throws IOException {
        Path file = Files.writeString(
                folder.resolve("examples.jsonl"),
                """
                {"prompt": "a", "completion": "b"}
                {"prompt": "a", "completion": "b", "weight": 0}
                """);
        assertThatThrownBy(() -> ExampleReader.read(file))
                .hasMessageContaining("examples.jsonl, line 2")
                .hasMessageContaining("weight is 0.0");
    }

    private Loaded<SupervisedExample> read(String json) throws IOException {
        return ExampleReader.read(Files.writeString(folder.resolve("e.jsonl"), json.replace('\'', '"')));
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of(
                        "{'instruction':'i','input':'x','output':'o','text':'Below: i ### x ### o'}", "i\n\nx", "o"),
                Arguments.of("{'instruction':'i','context':'c','response':'o'}", "c\n\ni", "o"),
                Arguments.of("{'system_prompt':'s','question':'q','response':'o'}", "s\n\nq", "o"),
                Arguments.of("{'prompt':'p','chosen':'o','rejected':'x'}", "p", "o"),
                Arguments.of(
                        "{'chosen':[{'role':'user','content':'p'},{'role':'assistant','content':'o'}],"
                                + "'rejected':[{'role':'user','content':'p'},{'role':'assistant','content':'x'}]}",
                        "p",
                        "o"),
                Arguments.of(
                        "{'prompt':[{'role':'system','content':'s'},{'role':'user','content':'p'}],"
                                + "'chosen':[{'role':'assistant','content':'o'}],'rejected':[]}",
                        "s\n\np",
                        "o"),
                Arguments.of(
                        "{'prompt':'p','prompt_id':'1','messages':[{'role':'user','content':'p'},{'role':'assistant',"
                                + "'content':'o'}]}",
                        "p",
                        "o"),
                Arguments.of(
                        "{'messages':[{'role':'developer','content':'s'},{'role':'user','content':[{'type':'text',"
                                + "'text':'p'}]},{'role':'assistant','content':'o'}]}",
                        "s\n\np",
                        "o"),
                Arguments.of("{'conversations':['p','o']}", "p", "o"),
                Arguments.of(
                        "{'conversations':[{'from':'gpt','value':'Hello!'},{'from':'human','value':'p'},"
                                + "{'from':'gpt','value':'o'}]}",
                        "p",
                        "o"),
                Arguments.of("{'conversation':[{'input':'p','output':'o'}]}", "p", "o"),
                Arguments.of("{'question':'q','answer':'2*3=6\\n#### 6'}", "q", "2*3=6\n#### 6"),
                Arguments.of("{'problem':'q','solution':'So \\\\boxed{6}.','level':'1'}", "q", "So \\boxed{6}."),
                Arguments.of("{'question':'q','rationale':'So 6.','answer':'6'}", "q", "So 6."),
                Arguments.of("{'question':'q','choices':['x','y'],'answer':0}", "q\nA) x\nB) y", "A"),
                Arguments.of("{'input':'q','target':'6'}", "q", "6"),
                Arguments.of("{'prompt':'q','text':'o'}", "q", "o"));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyLayoutIsAPromptAndItsCompletion(String json, String prompt, String completion) throws IOException {
        assertThat(read(json).rows()).containsExactly(SupervisedExample.of(prompt, completion));
    }

    @Test
    void whatIsLeftOutIsCounted() throws IOException {
        Loaded<SupervisedExample> loaded = read(
                """
                {'prompt': 'a', 'completion': 'b', 'label': true}
                {'prompt': 'a', 'completion': 'c', 'label': false}
                {'prompt': 'a', 'completion': ''}
                {'messages': [{'role': 'tool', 'content': 'x'}]}
                {'messages': [{'role': 'user', 'content': 'x'}]}
                {'messages': [{'role': 'user', 'content': 'p'}, {'role': 'assistant', 'content': 'o'},
                """
                                .stripTrailing()
                        + " {'role': 'user', 'content': 'x'}, {'role': 'assistant', 'content': 'y'}]}\n");
        assertThat(loaded.rows()).containsExactly(SupervisedExample.of("a", "b"), SupervisedExample.of("p", "o"));
        assertThat(String.join("\n", loaded.warnings()))
                .contains("(line 2) were left out: their label is false")
                .contains("(lines 3, 5) were left out: they have no completion")
                .contains("(line 4) were left out: their conversation has messages of other roles")
                .contains("(line 6) hold a conversation of several turns");
    }

    @Test
    void aFileWithoutCompletionsIsRefused() throws IOException {
        assertThatThrownBy(() -> read("{'prompt': 'a', 'note': 'b'}"))
                .hasMessageContainingAll("line 1", "no completion", "the record has prompt, note", "Rename the field");
        assertThatThrownBy(() -> read("{'text': 'a'}")).hasMessageContainingAll("line 1", "no prompt", "has text");
        assertThatThrownBy(() -> read("{'prompt': 'a', 'completion': ''}"))
                .hasMessageContaining("no example that can be learned");
        assertThatThrownBy(() ->
                        read("{'prompt': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}],"
                                + " 'completion': [{'role': 'assistant', 'content': 'c'}]}"))
                .hasMessageContaining("several turns");
    }

    @Test
    void aRationaleThatDoesNotStateTheAnswerIsCounted() throws IOException {
        assertThat(read("{'question': 'q', 'rationale': 'Add them up.', 'answer': '6'}")
                        .warnings())
                .singleElement()
                .asString()
                .contains("1 of 1 records (line 1) have a rationale that does not state the answer");
    }

    /** A no-break space before the sign, as spreadsheets write it; a sign in front; another number of decimals. */
    @Test
    void anAnswerMayStandInTheRationaleInAnotherNotation() throws IOException {
        Loaded<SupervisedExample> loaded = read(String.join(
                "\n",
                "{'question': 'a', 'rationale': 'So it is 0,40 € in all.', 'answer': '0,40\u00a0€'}",
                "{'question': 'b', 'rationale': 'The answer is €12,4.', 'answer': '12,40 €'}"));
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void aBareAnswerAmongWorkedSolutionsIsLeftOut() throws IOException {
        Loaded<SupervisedExample> loaded = read(String.join(
                "\n",
                "{'question': 'a', 'answer': '3'}",
                "{'question': 'b', 'rationale': '2 + 2 = 4. The answer is 4.', 'answer': '4'}",
                "{'question': 'c', 'rationale': '', 'answer': '5'}"));
        assertThat(loaded.rows()).extracting(SupervisedExample::prompt).containsExactly("b");
        assertThat(loaded.warnings())
                .containsExactly("2 of 3 records (lines 1, 3) were left out: they have an answer and no rationale, and"
                        + " other records have one.");
    }
}
