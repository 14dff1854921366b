package org.realm4knime.nodes.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.nodes.samples.CasesChoice;
import org.realm4knime.nodes.samples.ContentChoice;
import org.realm4knime.nodes.samples.DomainChoice;
import org.realm4knime.nodes.samples.SampleRows;
import org.realm4knime.nodes.samples.TextsChoice;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;
import org.realm4knime.nodes.verifier.RouteVerifierNodeFactory;

class ReasoningDatasetReaderTest extends WorkflowTest {

    private NodeRunner.Instance reader() {
        return workflow.node(new ReasoningDatasetReaderNodeFactory());
    }

    @Test
    void aFileIsReadRelativeToTheWorkflow() throws Exception {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(
                folder.resolve("data/train.jsonl"),
                """
                {"id": "a", "question": "2 + 3", "answer": "5", "domain": "train"}
                {"id": "b", "question": "2 + 4", "answer": "6"}
                """);
        BufferedDataTable table = reader().set("path", "data/train.jsonl").result();
        assertThat(Tables.column(table, "question")).containsExactly("2 + 3", "2 + 4");
        assertThat(Tables.column(table, "domain")).containsExactly("train", null);
        BufferedDataTable first = reader().set("path", "knime://knime.workflow/data/train.jsonl")
                .set("limit", 1)
                .result();
        assertThat(Tables.column(first, "id")).containsExactly("a");
    }

    @Test
    void theViewTellsWhatShouldBeLookedAt() throws Exception {
        Files.writeString(
                folder.resolve("p.jsonl"),
                """
                {"id": "a", "question": "What is 2 + 3?", "answer": "5"}
                {"id": "b", "question": "what is  2 + 3?", "answer": "5"}
                {"id": "c", "question": "And 2 + 4?", "answer": ""}
                {"id": "d", "question": "And 1/2?", "answer": "1/2"}
                """);
        NodeRunner.Instance reader = reader().set("path", "p.jsonl");
        reader.result();

        assertThat(reader.viewData())
                .contains("\"twin\":[null,\"a\",null,null]")
                .contains("\"missing\":[false,false,true,false]")
                .contains("\"kind\":[\"number\",\"number\",null,\"fraction\"]")
                .contains("\"words\":[5.0,5.0,4.0,2.0]");
    }

    @Test
    void aMissingFileIsNamedAtConfigure() throws Exception {
        NodeRunner.Instance reader = reader().set("path", "missing.jsonl");
        assertThat(reader.configure()).isFalse();
        assertThat(reader.message()).contains("'missing.jsonl' does not exist");
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        Files.writeString(
                folder.resolve("bad.jsonl"), "{\"question\": \"2 + 3\", \"answer\": \"5\"}\n{\"question\": \n");
        NodeRunner.Instance reader = reader().set("path", "bad.jsonl");
        assertThat(reader.run()).isFalse();
        assertThat(reader.message()).contains("bad.jsonl, line 2");
    }

    @Test
    void whatIsDoubtfulIsAWarning() throws Exception {
        Files.writeString(
                folder.resolve("p.csv"),
                "question,answer,hint from the teacher\n2 + 3,5,Count five fingers of one hand and you are there.\n4 +"
                        + " 4,,\n");
        NodeRunner.Instance reader = reader().set("path", "p.csv");
        assertThat(Tables.column(reader.result(), "answer")).containsExactly("5", null);
        assertThat(reader.message())
                .contains("'hint from the teacher' is not read", "1 of 2 records (line 3) have no answer");
    }

    @Test
    void trainingDataServesAsProblemsAndAsRoutes() throws Exception {
        Files.writeString(
                folder.resolve("train.jsonl"),
                """
                {"id": "a", "question": "2 + 3", "answer": "5", "rationale": "2 + 3 = 5. The answer is 5."}
                {"id": "b", "question": "4 + 4", "answer": "8", "rationale": "4 + 4 = 9. The answer is 9."}
                """);
        BufferedDataTable problems = reader().set("path", "train.jsonl").result();
        NodeRunner.Instance routes = reader().set("content", "ROUTES").set("path", "train.jsonl");
        BufferedDataTable recorded = routes.result();
        assertThat(routes.message()).contains("'answer' was taken for the problems' reference answer");
        BufferedDataTable verified =
                workflow.node(new RouteVerifierNodeFactory()).result(problems, recorded);
        assertThat(Tables.column(verified, "answer")).containsExactly("5", "9");
        assertThat(Tables.column(verified, "positive")).containsExactly("true", "false");
    }

    @Test
    void aParquetFileIsSentToItsReader() throws Exception {
        Files.writeString(folder.resolve("train.parquet"), "PAR1");
        NodeRunner.Instance reader = reader().set("path", "train.parquet");
        assertThat(reader.run()).isFalse();
        assertThat(reader.message()).contains("is a Parquet file", "Parquet Reader");
    }

    @Test
    void contentDecidesTheColumns() throws Exception {
        Files.writeString(folder.resolve("rules.jsonl"), "{\"id\": \"R1\", \"text\": \"No refund.\"}");
        Files.writeString(folder.resolve("routes.jsonl"), "{\"problem id\": \"a\", \"text\": \"= 5\"}");
        Files.writeString(folder.resolve("examples.csv"), "prompt,completion\n2 + 3,= 5\n");
        assertThat(Tables.names(reader().set("content", "RULES")
                        .set("path", "rules.jsonl")
                        .result()))
                .containsExactly("id", "text", "applies to");
        assertThat(Tables.names(reader().set("content", "ROUTES")
                        .set("path", "routes.jsonl")
                        .result()))
                .startsWith("problem id", "source", "route", "text");
        assertThat(Tables.column(
                        reader().set("content", "EXAMPLES")
                                .set("path", "examples.csv")
                                .result(),
                        "completion"))
                .containsExactly("= 5");
    }

    /** As saved by versions that made the built-in domains with this node. */
    @ParameterizedTest
    @CsvSource({
        "QUICKSTART, PROBLEMS, TEST, BASE, 4",
        "QUICKSTART, RULES, TRAIN, BASE, 0",
        "QUICKSTART, EXAMPLES, TRAIN, STRICT, 5",
        "BOTH, PROBLEMS, VALIDATION, BASE, 5",
        "BOTH, ROUTES, HARDER, BASE, 5",
        "CHAIN, EXAMPLES, TRAIN, REPLAY, 3"
    })
    void anOlderWorkflowStillGetsItsBuiltInRows(
            DomainChoice domain, ContentChoice content, CasesChoice cases, TextsChoice texts, int limit)
            throws Exception {
        NodeRunner.Instance reader = reader().set("source", "BUILT_IN")
                .set("builtIn", domain.name())
                .set("content", content.name())
                .set("split", cases.name())
                .set("texts", texts.name())
                .set("limit", limit)
                .set("seed", 7L);
        BufferedDataTable expected = new SampleRows(
                        domain, content, cases, texts, limit == 0 ? SampleRows.DEFAULT_NUMBER : limit, 7)
                .table(reader.exec());

        BufferedDataTable table = reader.result();

        assertThat(table.getDataTableSpec()).isEqualTo(expected.getDataTableSpec());
        assertThat(Tables.rows(table)).isNotEmpty().isEqualTo(Tables.rows(expected));
        assertThat(reader.message()).contains("made by the node Sample Reasoning Data now");
    }

    @Test
    void aWorkflowFromBeforeTheBuiltInDomainsReadsItsFile() throws Exception {
        Files.writeString(folder.resolve("p.csv"), "question,answer\n2 + 3,5\n");
        BufferedDataTable table = reader().set("path", "p.csv")
                .without("source")
                .without("builtIn")
                .without("split")
                .without("texts")
                .without("seed")
                .result();
        assertThat(Tables.column(table, "answer")).containsExactly("5");
    }
}
