package org.realm4knime.nodes.realmtrainer;

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
import org.realm4knime.nodes.schedule.InductionScheduleNodeFactory;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;
import org.realm4knime.nodes.verifier.RouteVerifierNodeFactory;

class RealmTrainerTest extends WorkflowTest {

    private static Map<String, PortType> ports(String... names) {
        Map<String, PortType> ports = new LinkedHashMap<>();
        for (String name : names) {
            ports.put(name, BufferedDataTable.TYPE);
        }
        return ports;
    }

    private NodeRunner.Instance trainer(Map<String, PortType> ports) {
        return workflow.node(new RealmTrainerNodeFactory(), ports)
                .set("steps", 2)
                .set("promptsPerStep", 2)
                .set("groupSize", 2)
                .set("maxNewTokens", 4);
    }

    @Test
    void withAllItsInputsItTrainsGuided() throws Exception {
        BufferedDataTable verified =
                workflow.node(new RouteVerifierNodeFactory()).result(sums(), routes());
        BufferedDataTable schedule = workflow.node(new InductionScheduleNodeFactory())
                .set("shape", "CONSTANT")
                .set("autonomy", 0.5)
                .result();
        NodeRunner.Instance trainer = trainer(ports("Verified routes", "Schedule", "Rules"));
        LanguageModelPortObject trained =
                trainer.result(Models.untrained(workflow, "base", 1), sums(), verified, schedule, rules());
        assertThat(trained.getSpec().name()).isEqualTo("trained");
        BufferedDataTable log = trainer.output(1);
        // constant at 1 in the first half of the two steps, 0 in the second
        assertThat(Tables.column(log, "guidance")).containsExactly("1.0", "0.0");
        assertThat(Tables.column(log, "routes shown")).containsExactly("2.0", "0.0");
        assertThat(Tables.names(trainer.output(2))).contains("completion", "advantage", "routes shown");
        assertThat(trainer.viewData()).contains("\"guidance\":[1.0,0.0]");
    }

    @Test
    void withoutRoutesItIsPlainGrpo() throws Exception {
        NodeRunner.Instance trainer = trainer(Map.of());
        trainer.result(Models.untrained(workflow, "base", 1), sums());
        BufferedDataTable log = trainer.output(1);
        assertThat(Tables.column(log, "reward guided")).containsOnlyNulls();
        assertThat(checkpoints())
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
    }

    @Test
    void answersOfAnotherKindThanTheOneThatIsSetAreMentioned() throws Exception {
        NodeRunner.Instance trainer = trainer(Map.of()).set("answers/kind", "NUMBER");
        BufferedDataTable times =
                Tables.of(exec, List.of("id", "question", "answer"), List.of(List.of("1", "2 + 3", "02:58")));
        trainer.result(Models.untrained(workflow, "base", 1), times);
        assertThat(trainer.message())
                .contains("'Kind of answer' is 'Number', but 1 of 1 reference answers are of another kind");
    }

    @Test
    void routesThatAreNotVerifiedAreRefused() throws Exception {
        NodeRunner.Instance trainer = trainer(ports("Verified routes"));
        assertThat(trainer.run(Models.untrained(workflow, "base", 1), sums(), routes()))
                .isFalse();
        assertThat(trainer.message()).contains("Route Verifier (MRPV)");
    }

    @Test
    void aScheduleWithNothingToShowIsMentioned() throws Exception {
        BufferedDataTable schedule =
                workflow.node(new InductionScheduleNodeFactory()).result();
        NodeRunner.Instance trainer = trainer(ports("Schedule"));
        assertThat(trainer.configure(
                        Models.untrained(workflow, "base", 1).getSpec(), sums().getSpec(), schedule.getSpec()))
                .isTrue();
        assertThat(trainer.message()).contains("The schedule has no effect");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> trainer(Map.of()).set("groupSize", 1).configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("Group size is 1");
    }
}
