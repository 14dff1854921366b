package org.realm4knime.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.problem.DatasetFormat.Layout;

/** Records in the layouts of public data sets, made up for the purpose. */
class PublicLayoutsTest {

    private static final String SKY = "Sky?\nA) red\nB) blue";

    @TempDir
    Path folder;

    private Loaded<Problem> read(String name, String content) throws IOException {
        return DatasetReader.read(Files.writeString(folder.resolve(name), content), DatasetFormat.of(Layout.GUESS));
    }

    static Stream<Arguments> mathematics() {
        return Stream.of(
                of(
                        "SVAMP",
                        "{'ID':'a','Body':'Ann has 3 figs.','Question':'How many figs?','Equation':'3','Answer':3.0,"
                                + "'Type':'Addition'}",
                        "Ann has 3 figs. How many figs?",
                        "3"),
                of("GSM8K", "{'question':'q?','answer':'1+1=<<1+1=2>>2\\n#### 2'}", "q?", "2"),
                of("MetaMathQA", "{'query':'q?','response':'So 2.\\n#### 2\\nThe answer is: 2','type':'x'}", "q?", "2"),
                of("MetaMathQA, short", "{'query':'q?','response':'1+1=2. The answer is: 2'}", "q?", "2"),
                of("SYNTHETIC-1", "{'prompt':'q?','verification_info':{'ground_truth':'2'}}", "q?", "2"),
                of(
                        "MATH-500",
                        "{'problem':'p?','solution':'It is \\\\boxed{7}.','answer':'7','subject':'Algebra'}",
                        "p?",
                        "7"),
                of(
                        "NuminaMath",
                        "{'source':'s','problem':'p?','solution':'Either $\\\\boxed{1}$ or $\\\\boxed{\\\\text{(B) }"
                                + " \\\\{2\\\\}}$'}",
                        "p?",
                        "\\text{(B) } \\{2\\}"),
                of("OlympiadBench", "{'question':'p?','solution':['So 7.'],'final_answer':['7']}", "p?", "7"));
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                of("AQuA", "{'question':'Sky?','options':['A)red','B)blue'],'rationale':'r','correct':'B'}", SKY, "B"),
                of(
                        "MathQA",
                        "{'Problem':'Sky?','Rationale':'r','options':'a ) red , b ) blue','correct':'b'}",
                        SKY,
                        "B"),
                of(
                        "ARC",
                        "{'question':'Sky?','choices':{'text':['red','blue'],'label':['1','2']},'answerKey':'1'}",
                        SKY,
                        "A"),
                of(
                        "OpenBookQA",
                        "{'question_stem':'Sky?','choices':{'text':['red','blue'],'label':['A','B']},"
                                + "'answerKey':'B'}",
                        SKY,
                        "B"),
                of("MMLU", "{'question':'Sky?','choices':['red','blue'],'answer':0,'subject':'s'}", SKY, "A"),
                of(
                        "MMLU-Pro",
                        "{'question_id':7,'question':'Sky?','options':['red','blue'],'answer':'B',"
                                + "'answer_index':1,'cot_content':'','category':'c'}",
                        SKY,
                        "B"),
                of(
                        "MedQA",
                        "{'question':'Sky?','answer':'blue','options':{'A':'red','B':'blue'},'answer_idx':'B'}",
                        SKY,
                        "B"));
    }

    static Stream<Arguments> choicesInOtherForms() {
        return Stream.of(
                of("MedMCQA", "{'question':'Sky?','opa':'red','opb':'blue','cop':0,'exp':'e'}", SKY, "A"),
                of(
                        "HellaSwag",
                        "{'ctx_a':'A man','ctx_b':'he','ctx':'A man he','endings':['runs','is'],'label':'0'}",
                        "A man he\nA) runs\nB) is",
                        "A"),
                of("PIQA", "{'goal':'Sky?','sol1':'red','sol2':'blue','label':0}", SKY, "A"),
                of("WinoGrande", "{'sentence':'Sky?','option1':'red','option2':'blue','answer':'2'}", SKY, "B"),
                of(
                        "CosmosQA",
                        "{'context':'c','question':'Sky?','answer0':'red','answer1':'blue','label':0}",
                        "c\n\n" + SKY,
                        "A"),
                of("SWAG", "{'startphrase':'Sky?','ending0':'red','ending1':'blue','label':0}", SKY, "A"),
                of(
                        "RACE",
                        "{'article':'c','question':'Sky?','options':['red','blue'],'answer':'B'}",
                        "c\n\n" + SKY,
                        "B"),
                of(
                        "AGIEval",
                        "{'passage':null,'question':'Sky?','options':['(A)red','(B)blue'],'label':'B','answer':null}",
                        SKY,
                        "B"),
                of("BIG-bench", "{'input':'Sky?','target_scores':{'red':0,'blue':1}}", SKY, "B"),
                of(
                        "TruthfulQA",
                        "{'question':'Sky?','mc1_targets':{'choices':['red','blue'],'labels':[1,0]}}",
                        SKY,
                        "A"));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                of("BoolQ", "{'question':'Is it?','passage':'It is.','answer':true}", "It is.\n\nIs it?", "true"),
                of("StrategyQA", "{'qid':'s','term':'t','question':'Is it?','answer':false}", "Is it?", "false"),
                of(
                        "DROP",
                        "{'passage':'p','question':'q?','answers_spans':{'spans':['2'],'types':['number']}}",
                        "p\n\nq?",
                        "2"),
                of(
                        "SQuAD",
                        "{'context':'p','question':'q?','answers':{'text':['a','a'],'answer_start':[1,1]}}",
                        "p\n\nq?",
                        "a"),
                of("TriviaQA", "{'question':'q?','answer':{'value':'Rome','aliases':['Roma']}}", "q?", "Rome"),
                of(
                        "PubMedQA",
                        "{'question':'q?','context':{'contexts':['one','two']},'final_decision':'yes'}",
                        "one\ntwo\n\nq?",
                        "yes"),
                of("GPQA", "{'Question':'q?','Correct Answer':'5 eV','Incorrect Answer 1':'6 eV'}", "q?", "5 eV"),
                of("Dolly", "{'instruction':'i','context':'c','response':'r','category':'closed_qa'}", "c\n\ni", "r"),
                of("OpenOrca", "{'system_prompt':'s','question':'q?','response':'r'}", "s\n\nq?", "r"),
                of(
                        "verl",
                        "{'prompt':[{'role':'user','content':'q?'}],'reward_model':{'ground_truth':'5'}}",
                        "q?",
                        "5"),
                of(
                        "OpenAI evals",
                        "{'input':[{'role':'system','content':'s'},{'role':'user','content':'q?'}]," + "'ideal':'5'}",
                        "s\n\nq?",
                        "5"),
                of("MAWPS", "{'iIndex':1,'sQuestion':'q?','lSolutions':[5.0]}", "q?", "5"));
    }

    private static Arguments of(String name, String json, String question, String answer) {
        return Arguments.of(name, json.replace('\'', '"'), question, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"mathematics", "choices", "choicesInOtherForms", "texts"})
    void aRecordIsReadWhole(String name, String json, String question, String answer) throws IOException {
        Problem problem = read("p.jsonl", json).rows().get(0);
        assertThat(problem.question()).isEqualTo(question);
        assertThat(problem.answer()).isEqualTo(answer);
    }

    @Test
    void choicesMayStandInOneText() throws IOException {
        for (String options : List.of(
                "A) red B) blue",
                "(A) red (B) blue",
                "a ) red , b ) blue",
                "A. red\\nB. blue",
                "A: red; B: blue",
                "1) red 2) blue",
                "red\\nblue",
                "red | blue",
                "['red', 'blue']",
                "{'text': ['red', 'blue'], 'label': ['A', 'B']}")) {
            String json = "{\"question\": \"Sky?\", \"options\": \"%s\", \"answer\": \"blue\"}".formatted(options);
            assertThat(read("p.jsonl", json).rows())
                    .as(options)
                    .containsExactly(new Problem("1", "Sky?\nA) red\nB) blue", "B", null, null));
        }
        assertThatThrownBy(() ->
                        read("p.jsonl", "{\"question\": \"q\", \"options\": \"red or blue\", \"answer\": \"red\"}"))
                .hasMessageContainingAll("line 1", "options", "'red or blue'", "Understood are");
    }

    @Test
    void theFileTellsWhetherPlacesAreCountedFromOne() throws IOException {
        String row = "{\"question\": \"q%d\", \"answerA\": \"x\", \"answerB\": \"y\", \"answerC\": \"z\","
                + " \"label\": \"%d\"}\n";
        Loaded<Problem> fromOne = read("p.jsonl", row.formatted(1, 1) + row.formatted(2, 3));
        assertThat(fromOne.rows()).extracting(Problem::answer).containsExactly("A", "C");
        assertThat(fromOne.warnings()).isEmpty();
        Loaded<Problem> fromZero = read("p.jsonl", row.formatted(1, 0) + row.formatted(2, 2));
        assertThat(fromZero.rows()).extracting(Problem::answer).containsExactly("A", "C");
        Loaded<Problem> unclear = read("p.jsonl", row.formatted(1, 1) + row.formatted(2, 2));
        assertThat(unclear.rows()).extracting(Problem::answer).containsExactly("B", "C");
        assertThat(unclear.warnings()).singleElement().asString().contains("counted from 0");
        assertThatThrownBy(() -> read("p.jsonl", row.formatted(1, 0) + row.formatted(2, 3)))
                .hasMessageContainingAll("line 2", "line 1 has the place 0", "letters");
    }

    @Test
    void theWordNoneMayBeAChoice() throws IOException {
        Loaded<Problem> loaded =
                read("p.jsonl", "{\"question\": \"q?\", \"choices\": [\"All\", \"None\"], \"answer\": \"None\"}");
        assertThat(loaded.rows().get(0).answer()).isEqualTo("B");
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void answersBesideALabelAreChoices() throws IOException {
        String reclor = "{\"context\": \"c\", \"question\": \"Sky?\", \"answers\": [\"red\", \"blue\"], \"label\": 0}";
        assertThat(read("p.jsonl", reclor).rows())
                .containsExactly(new Problem("1", "c\n\nSky?\nA) red\nB) blue", "A", null, null));
    }

    @Test
    void aTruthValueMayBeAChoice() throws IOException {
        assertThat(read("p.jsonl", "{\"question\": \"q?\", \"choices\": [\"no\", \"yes\"], \"answer\": true}")
                        .rows()
                        .get(0)
                        .answer())
                .isEqualTo("B");
    }

    @Test
    void choicesThatTheQuestionListsAreNotListedAgain() throws IOException {
        String json =
                "{\"question\": \"Sky?\\nA) red\\nB) blue\", \"choices\": [\"red\", \"blue\"], \"answer\": \"blue\"}";
        assertThat(read("p.jsonl", json).rows().get(0).question()).isEqualTo("Sky?\nA) red\nB) blue");
    }

    @Test
    void whatIsLongAndNotReadIsNamed() throws IOException {
        String facts = "Whales are mammals, and mammals breathe air with lungs.";
        Loaded<Problem> loaded = read(
                "p.jsonl",
                "{\"question\": \"Do whales breathe?\", \"answer\": \"yes\", \"facts\": [\"%s\"], \"level\": \"hard\"}"
                        .formatted(facts));
        assertThat(loaded.warnings()).singleElement().asString().contains("'facts' is not read", "Whales are mammals");
        assertThat(read(
                                "q.jsonl",
                                "{\"question\": \"Do whales breathe?\", \"answer\": \"yes\","
                                        + " \"full\": \"### Q: Do whales"
                                        + " breathe?\\n### A: I think that the answer is yes\"}")
                        .warnings())
                .isEmpty();
    }

    @Test
    void twoFieldsThatCouldBothBeTheAnswerAreNamed() throws IOException {
        assertThat(read("p.jsonl", "{\"question\": \"q?\", \"answer\": \"5\", \"label\": \"6\"}")
                        .warnings())
                .singleElement()
                .asString()
                .contains("another value in 'label' than in 'answer'");
        assertThatThrownBy(() -> read(
                        "p.jsonl",
                        "{\"question\": \"q?\", \"Final Answer\": \"5\", \"final_answer\": \"6\","
                                + " \"final-answer\": \"7\"}"))
                .hasMessageContaining("one name in different spellings");
    }

    @Test
    void whatProgramsWriteForNoValueIsNone() throws IOException {
        for (String missing : List.of("NaN", "null", "\"\"", "\"NaN\"", "\"None\"", "\"null\"", "[]", "{}")) {
            Loaded<Problem> loaded = read("p.jsonl", "{\"question\": \"q?\", \"answer\": " + missing + "}");
            assertThat(loaded.rows().get(0).hasAnswer()).as(missing).isFalse();
            assertThat(loaded.warnings()).as(missing).singleElement().asString().contains("1 of 1 records (line 1)");
        }
        assertThat(read("p.csv", "question,answer\nq?,NaN\nr?,nan\ns?,\n").warnings())
                .singleElement()
                .asString()
                .contains("3 of 3 records (lines 2, 3, 4) have no answer");
    }

    @Test
    void numbersStayAsTheyAreMeant() throws IOException {
        for (List<String> pair : List.of(
                List.of("5", "5"),
                List.of("5.0", "5"),
                List.of("1e3", "1000"),
                List.of("0.10", "0.1"),
                List.of("-0.0", "0"),
                List.of("12345678901234567890", "12345678901234567890"),
                List.of("\"5.0\"", "5.0"))) {
            assertThat(read("p.jsonl", "{\"question\": \"q?\", \"answer\": " + pair.get(0) + "}")
                            .rows()
                            .get(0)
                            .answer())
                    .isEqualTo(pair.get(1));
        }
    }
}
