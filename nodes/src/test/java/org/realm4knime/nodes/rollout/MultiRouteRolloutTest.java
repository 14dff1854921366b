package org.realm4knime.nodes.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortType;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class MultiRouteRolloutTest extends WorkflowTest {

    private static final Map<String, PortType> TWO_MODELS = Map.of("Models", LanguageModelPortObject.TYPE);

    private NodeRunner.Instance rollout(Map<String, PortType> ports) {
        return workflow.node(new MultiRouteRolloutNodeFactory(), ports)
                .set("routesPerModel", 2)
                .set("generation/maxNewTokens", 4);
    }

    @Test
    void everyModelAnswersEveryProblemAsOftenAsAsked() throws Exception {
        BufferedDataTable routes = rollout(TWO_MODELS)
                .result(sums(), Models.untrained(workflow, "a", 1), Models.untrained(workflow, "b", 2));
        assertThat(Tables.column(routes, "problem id")).containsExactly("p1", "p1", "p1", "p1", "p2", "p2", "p2", "p2");
        assertThat(Tables.column(routes, "source")).containsExactly("a", "a", "b", "b", "a", "a", "b", "b");
        assertThat(Tables.column(routes, "route")).containsExactly("0", "1", "0", "1", "0", "1", "0", "1");
        assertThat(Tables.column(routes, "error")).containsOnlyNulls();
    }

    @Test
    void theSameSeedDrawsTheSameRoutes() throws Exception {
        LanguageModelPortObject model = Models.untrained(workflow, "a", 1);
        BufferedDataTable first = rollout(Map.of()).result(sums(), model);
        BufferedDataTable again = rollout(Map.of()).result(sums(), model);
        BufferedDataTable other = rollout(Map.of()).set("generation/seed", 9L).result(sums(), model);
        assertThat(Tables.column(first, "text"))
                .isEqualTo(Tables.column(again, "text"))
                .isNotEqualTo(Tables.column(other, "text"));
    }

    /** With one token to choose from, whatever the temperature, the routes of a problem are equal. */
    @Test
    void tokensCanBeDrawnFromTheLikeliestAlone() throws Exception {
        BufferedDataTable routes = rollout(Map.of())
                .set("generation/topK", 1)
                .set("generation/temperature", 2.0)
                .result(sums(), Models.untrained(workflow, "a", 1));
        List<String> texts = Tables.column(routes, "text");
        assertThat(texts.get(0)).isEqualTo(texts.get(1));
        assertThat(texts.get(2)).isEqualTo(texts.get(3));
    }

    @Test
    void rulesAreReadFromTheirOptionalPort() throws Exception {
        Map<String, PortType> ports = new LinkedHashMap<>(TWO_MODELS);
        ports.put("Rules", BufferedDataTable.TYPE);
        BufferedDataTable routes = rollout(ports)
                .result(sums(), Models.untrained(workflow, "a", 1), Models.untrained(workflow, "b", 2), rules());
        assertThat(routes.size()).isEqualTo(8);
    }

    @Test
    void earlierRoutesArePassedOn() throws Exception {
        BufferedDataTable routes = rollout(Map.of("Earlier routes", BufferedDataTable.TYPE))
                .result(sums(), Models.untrained(workflow, "c", 1), routes());
        assertThat(Tables.column(routes, "source")).containsExactly("a", "b", "a", "b", "c", "c", "c", "c");
        assertThat(Tables.column(routes, "text")).startsWith("2 + 3 = 5", "2 + 3 = 6");
    }

    @Test
    void modelsOfTheSameNameAreRefused() throws Exception {
        NodeRunner.Instance rollout = rollout(TWO_MODELS);
        assertThat(rollout.run(sums(), Models.untrained(workflow, "a", 1), Models.untrained(workflow, "a", 2)))
                .isFalse();
        assertThat(rollout.message()).contains("Two of the connected models are called 'a'");
    }

    @Test
    void columnsAreGuessedFromTheTable() throws Exception {
        BufferedDataTable table = Tables.of(exec, List.of("Problem", "Solution"), List.of(List.of("2 + 3", "5")));
        NodeRunner.Instance rollout = workflow.node(new MultiRouteRolloutNodeFactory());
        assertThat(rollout.configure(
                        table.getSpec(), Models.untrained(workflow, "a", 1).getSpec()))
                .as(rollout.message())
                .isTrue();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() ->
                        rollout(Map.of()).set("generation/temperature", -1.0).configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Temperature is -1.0. Give a number of at least 0.");
        assertThatThrownBy(() -> rollout(Map.of()).set("routesPerModel", 0).configure())
                .hasMessageContaining("Routes per model is 0");
    }
}
