package org.realm4knime.nodes.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
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

    @Test
    void theBuiltInDomainNeedsNoFile() throws Exception {
        BufferedDataTable problems =
                reader().set("source", "BUILT_IN").set("limit", 4).result();
        assertThat(problems.size()).isEqualTo(4);
        assertThat(Tables.column(problems, "domain")).containsOnly("train");
        BufferedDataTable rules =
                reader().set("source", "BUILT_IN").set("content", "RULES").result();
        assertThat(Tables.column(rules, "text")).isNotEmpty().doesNotContainNull();
        BufferedDataTable texts = reader().set("source", "BUILT_IN")
                .set("content", "EXAMPLES")
                .set("limit", 3)
                .result();
        assertThat(Tables.names(texts)).containsExactly("prompt", "completion", "weight");
    }

    @Test
    void everyDomainHasItsProblemsRulesAndRoutes() throws Exception {
        BufferedDataTable problems = builtIn("BOTH", "PROBLEMS")
                .set("split", "VALIDATION")
                .set("limit", 5)
                .result();
        assertThat(Tables.column(problems, "domain"))
                .containsExactly("refund-desk", "refund-desk", "refund-desk", "chain", "chain");
        BufferedDataTable routes = builtIn("BOTH", "ROUTES")
                .set("split", "VALIDATION")
                .set("limit", 5)
                .result();
        assertThat(routes.size()).isEqualTo(15);
        assertThat(Tables.column(routes, "source")).contains("hasty", "careless", "guessing");
        assertThat(Tables.column(routes, "problem id")).hasSameElementsAs(Tables.column(problems, "id"));
        assertThat(Tables.column(builtIn("CHAIN", "RULES").result(), "applies to"))
                .containsOnly("chain");
        BufferedDataTable texts = builtIn("BOTH", "EXAMPLES")
                .set("texts", "GUESSING")
                .set("limit", 7)
                .result();
        assertThat(texts.size()).isEqualTo(7);
    }

    private NodeRunner.Instance builtIn(String domain, String content) throws Exception {
        return reader().set("source", "BUILT_IN").set("builtIn", domain).set("content", content);
    }

    @Test
    void whatIsNotBuiltInIsRefused() {
        assertRefused("no built-in routes", "content", "ROUTES");
        assertRefused("no validation cases", "split", "VALIDATION");
        assertRefused(
                "'Quickstart' has no texts 'Base model, to replay'. Its texts are 'Base model', 'Hasty model', 'Strict"
                        + " model', 'Careless model'. Choose one of these, or another domain",
                "content",
                "EXAMPLES",
                "texts",
                "REPLAY");
        assertRefused(
                "'Chain arithmetic' has no texts 'Strict model'. Its texts are 'Base model', 'Base model, to replay',",
                "builtIn",
                "CHAIN",
                "content",
                "EXAMPLES",
                "texts",
                "STRICT");
        assertThatThrownBy(() -> reader().set("source", "BUILT_IN")
                        .set("limit", 1_000_000)
                        .configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("1000000");
    }

    private void assertRefused(String message, String... settings) {
        assertThatThrownBy(() -> {
                    NodeRunner.Instance reader = reader().set("source", "BUILT_IN");
                    for (int i = 0; i < settings.length; i += 2) {
                        reader.set(settings[i], settings[i + 1]);
                    }
                    reader.configure();
                })
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }
}
