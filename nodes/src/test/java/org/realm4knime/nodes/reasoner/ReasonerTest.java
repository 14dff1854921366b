package org.realm4knime.nodes.reasoner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class ReasonerTest extends WorkflowTest {

    @Test
    void reasoningAndAnswerAreAppendedToAnyTable() throws Exception {
        BufferedDataTable questions = Tables.of(
                exec, List.of("question", "reasoning"), List.of(List.of("2 + 3", "mine"), List.of("4 + 4", "too")));
        BufferedDataTable answers = workflow.node(new ReasonerNodeFactory())
                .set("questions/id_is_present", false)
                .set("generation/maxNewTokens", 4)
                .result(Models.untrained(workflow, "base", 1), questions);
        assertThat(Tables.names(answers))
                .containsExactly("question", "reasoning", "reasoning (#1)", "model answer", "truncated", "error");
        assertThat(Tables.column(answers, "reasoning")).containsExactly("mine", "too");
        assertThat(Tables.column(answers, "reasoning (#1)")).doesNotContainNull();
    }

    @Test
    void routesAreShownFromTheirOptionalPort() throws Exception {
        NodeRunner.Instance reasoner = workflow.node(
                        new ReasonerNodeFactory(), Map.of("Routes", BufferedDataTable.TYPE))
                .set("generation/maxNewTokens", 4);
        BufferedDataTable answers = reasoner.result(Models.untrained(workflow, "base", 1), sums(), routes());
        assertThat(answers.size()).isEqualTo(2);
    }

    @Test
    void rulesAreShownFromTheirOptionalPort() throws Exception {
        NodeRunner.Instance reasoner = workflow.node(new ReasonerNodeFactory(), Map.of("Rules", BufferedDataTable.TYPE))
                .set("generation/temperature", 1.0)
                .set("generation/maxNewTokens", 8);
        BufferedDataTable with = reasoner.result(Models.untrained(workflow, "base", 1), sums(), rules());
        BufferedDataTable without =
                reasoner.set("showRules", false).result(Models.untrained(workflow, "base", 1), sums(), rules());
        assertThat(Tables.column(with, "reasoning")).isNotEqualTo(Tables.column(without, "reasoning"));
    }

    @Test
    void answersThatAreCutOffAreMentioned() throws Exception {
        NodeRunner.Instance reasoner = workflow.node(new ReasonerNodeFactory()).set("generation/maxNewTokens", 1);
        assertThat(reasoner.run(Models.untrained(workflow, "base", 1), sums())).isTrue();
        assertThat(reasoner.message()).contains("of 2 answers were cut off after 1 tokens");
    }
}
