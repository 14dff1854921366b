package org.realm4knime.nodes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.supervised.SupervisedTrainerNodeFactory;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class BenchmarkEvaluatorTest extends WorkflowTest {

    @Test
    void everyModelIsMeasuredOnEverySplitWithoutAndWithRoutes() throws Exception {
        Map<String, PortType> ports = new LinkedHashMap<>();
        ports.put("Models", LanguageModelPortObject.TYPE);
        ports.put("Routes", BufferedDataTable.TYPE);
        NodeRunner.Instance benchmark =
                workflow.node(new BenchmarkEvaluatorNodeFactory(), ports).set("generation/maxNewTokens", 4);
        BufferedDataTable scores = benchmark.result(
                Models.untrained(workflow, "a", 1), Models.untrained(workflow, "b", 2), sums(), routes());
        assertThat(Tables.column(scores, "model"))
                .startsWith("a", "a", "a", "a", "b", "b", "b", "b")
                .endsWith(
                        "majority of the routes",
                        "majority of the routes",
                        "weighted majority of the routes",
                        "weighted majority of the routes",
                        "any route right",
                        "any route right")
                .hasSize(14);
        assertThat(Tables.column(scores, "split"))
                .startsWith("test", "harder", "test", "harder", "test", "harder", "test", "harder");
        assertThat(Tables.column(scores, "routes"))
                .startsWith("without", "without", "with", "with", "without", "without", "with", "with");
        assertThat(Tables.column(scores, "routes").subList(8, 14)).containsOnly("with");
        assertThat(Tables.column(scores, "problems")).containsOnly("1");
        assertThat(((BufferedDataTable) benchmark.output(1)).size()).isEqualTo(14);
        assertThat(benchmark.viewData())
                .contains(
                        "\"scores\"",
                        "\"low\":[",
                        "\"problems\":{\"id\":[",
                        "\"answers\":{\"problem\":[0.0,1.0,",
                        "\"cut\":[]");
    }

    /** As one that KNIME has executed on an inactive branch. */
    @Test
    void theViewOfANodeWithoutResultsIsGivenNothing() {
        assertThat(workflow.node(new BenchmarkEvaluatorNodeFactory()).viewData())
                .isEqualTo("{\"result\":{}}");
    }

    @Test
    void pairsOfModelsComeOutWhereThePortWasAdded() throws Exception {
        NodeRunner.Instance benchmark = workflow.node(
                        new BenchmarkEvaluatorNodeFactory(),
                        Map.of("Models", LanguageModelPortObject.TYPE, "Comparisons", BufferedDataTable.TYPE))
                .set("generation/maxNewTokens", 2);
        benchmark.result(Models.untrained(workflow, "a", 1), Models.untrained(workflow, "b", 2), sums());
        BufferedDataTable pairs = benchmark.output(2);
        assertThat(Tables.column(pairs, "model")).containsExactly("b", "b");
        assertThat(Tables.column(pairs, "compared with")).containsExactly("a", "a");
        assertThat(Tables.column(pairs, "split")).containsExactly("test", "harder");
        assertThat(Tables.column(pairs, "p-value")).containsOnly("1.0");
        assertThat(Tables.column(pairs, "trained from it")).containsOnly("false");
        assertThat(benchmark.outputSpec(2)).isEqualTo(pairs.getDataTableSpec());
        assertThat(benchmark.viewData()).contains("\"problems\"").contains("\"answers\"");
    }

    @Test
    void whatAModelWasTrainedFromIsKnownByItsWeights() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        LanguageModelPortObject twice = trained("twice", trained("once", base));
        NodeRunner.Instance benchmark = workflow.node(
                        new BenchmarkEvaluatorNodeFactory(),
                        Map.of("Models", LanguageModelPortObject.TYPE, "Comparisons", BufferedDataTable.TYPE))
                .set("generation/maxNewTokens", 2);
        benchmark.result(base, twice, sums());
        assertThat(Tables.column(benchmark.output(2), "trained from it")).containsOnly("true");
    }

    private LanguageModelPortObject trained(String name, LanguageModelPortObject model) throws Exception {
        BufferedDataTable examples =
                Tables.of(exec, List.of("prompt", "completion"), List.of(List.of("2 + 3 :", "2 + 3 = 5")));
        return workflow.node(new SupervisedTrainerNodeFactory())
                .set("examples/weight_is_present", false)
                .set("steps", 1)
                .set("name", name)
                .result(model, examples);
    }

    @Test
    void promptsCarryRulesFromTheirOptionalPort() throws Exception {
        NodeRunner.Instance benchmark = workflow.node(
                        new BenchmarkEvaluatorNodeFactory(), Map.of("Rules", BufferedDataTable.TYPE))
                .set("generation/maxNewTokens", 2);
        BufferedDataTable scores = benchmark.result(Models.untrained(workflow, "a", 1), sums(), rules());
        assertThat(Tables.column(scores, "rules")).containsOnly("with");
        scores = benchmark.set("showRules", false).result(Models.untrained(workflow, "a", 1), sums(), rules());
        assertThat(Tables.column(scores, "rules")).containsOnly("without");
    }

    @Test
    void aWorkflowOfAnEarlierVersionShowsNoRules() throws Exception {
        BufferedDataTable scores = workflow.node(new BenchmarkEvaluatorNodeFactory())
                .set("generation/maxNewTokens", 2)
                .without("showRules")
                .result(Models.untrained(workflow, "a", 1), sums());
        assertThat(Tables.column(scores, "rules")).containsOnly("without");
    }

    @Test
    void withoutRoutesOnlyThatIsMeasured() throws Exception {
        BufferedDataTable scores = workflow.node(new BenchmarkEvaluatorNodeFactory())
                .set("generation/maxNewTokens", 2)
                .result(Models.untrained(workflow, "a", 1), sums());
        assertThat(Tables.column(scores, "routes")).containsExactly("without", "without");
    }
}
