package org.realm4knime.nodes.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class SampleReasoningDataTest extends WorkflowTest {

    private NodeRunner.Instance samples(String domain, String content) {
        return workflow.node(new SampleReasoningDataNodeFactory())
                .set("domain", domain)
                .set("content", content);
    }

    @Test
    void theQuickstartsDomainIsTheDefault() throws Exception {
        NodeRunner.Instance node = workflow.node(new SampleReasoningDataNodeFactory());
        BufferedDataTable problems = node.result();
        assertThat(problems.size()).isEqualTo(SampleRows.DEFAULT_NUMBER);
        assertThat(Tables.column(problems, "domain")).containsOnly("train");
        assertThat(node.outputSpec(0)).isEqualTo(problems.getDataTableSpec());
        assertThat(node.message()).isEmpty();
        assertThat(Tables.column(samples("QUICKSTART", "RULES").result(), "text"))
                .isNotEmpty()
                .doesNotContainNull();
        assertThat(Tables.names(samples("QUICKSTART", "EXAMPLES").set("rows", 3).result()))
                .containsExactly("prompt", "completion", "weight");
    }

    @Test
    void theSameSeedMakesTheSameRows() throws Exception {
        assertThat(Tables.rows(samples("BOTH", "PROBLEMS").set("seed", 5L).result()))
                .isEqualTo(
                        Tables.rows(samples("BOTH", "PROBLEMS").set("seed", 5L).result()))
                .isNotEqualTo(
                        Tables.rows(samples("BOTH", "PROBLEMS").set("seed", 6L).result()));
    }

    @Test
    void everyDomainHasItsProblemsRulesAndRoutes() throws Exception {
        BufferedDataTable problems = samples("BOTH", "PROBLEMS")
                .set("split", "VALIDATION")
                .set("rows", 5)
                .result();
        assertThat(Tables.column(problems, "domain"))
                .containsExactly("refund-desk", "refund-desk", "refund-desk", "chain", "chain");
        BufferedDataTable routes = samples("BOTH", "ROUTES")
                .set("split", "VALIDATION")
                .set("rows", 5)
                .result();
        assertThat(routes.size()).isEqualTo(15);
        assertThat(Tables.column(routes, "source")).contains("hasty", "careless", "guessing");
        assertThat(Tables.column(routes, "problem id")).hasSameElementsAs(Tables.column(problems, "id"));
        assertThat(Tables.column(samples("CHAIN", "RULES").result(), "applies to"))
                .containsOnly("chain");
        BufferedDataTable texts = samples("BOTH", "EXAMPLES")
                .set("texts", "GUESSING")
                .set("rows", 7)
                .result();
        assertThat(texts.size()).isEqualTo(7);
    }

    @Test
    void whatADomainLacksIsRefused() {
        assertRefused(samples("QUICKSTART", "ROUTES"), "no ready-made routes");
        assertRefused(samples("QUICKSTART", "PROBLEMS").set("split", "VALIDATION"), "no validation cases");
        assertRefused(
                samples("QUICKSTART", "EXAMPLES").set("texts", "REPLAY"),
                "'Quickstart' has no texts 'Base model, to replay'. Its texts are 'Base model', 'Hasty model',"
                        + " 'Strict model', 'Careless model'. Choose one of these, or another domain");
        assertRefused(
                samples("CHAIN", "EXAMPLES").set("texts", "STRICT"),
                "'Chain arithmetic' has no texts 'Strict model'. Its texts are 'Base model', 'Base model, to replay',");
        assertRefused(samples("CHAIN", "PROBLEMS").set("rows", 1_000_000), "but 1000000 are asked for");
    }

    private static void assertRefused(NodeRunner.Instance node, String message) {
        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }
}
