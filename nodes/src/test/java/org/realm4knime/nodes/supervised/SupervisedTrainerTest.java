package org.realm4knime.nodes.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortType;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class SupervisedTrainerTest extends WorkflowTest {

    private BufferedDataTable examples() {
        return Tables.of(
                exec, List.of("prompt", "completion"), List.of(List.of("2 + 3 :", "= 5"), List.of("4 + 4 :", "= 8")));
    }

    private NodeRunner.Instance trainer(Map<String, PortType> ports) {
        return workflow.node(new SupervisedTrainerNodeFactory(), ports)
                .set("examples/weight_is_present", false)
                .set("steps", 3)
                .set("batchSize", 2)
                .set("learningRate", 0.01)
                .set("name", "tuned");
    }

    @Test
    void theTrainedModelIsAnotherOneAndTheLogHasARowAStep() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        String digest = base.digest();
        NodeRunner.Instance trainer = trainer(Map.of());
        LanguageModelPortObject tuned = trainer.result(base, examples());
        assertThat(tuned.getSpec().name()).isEqualTo("tuned");
        assertThat(tuned.digest()).isNotEqualTo(digest);
        assertThat(base.digest()).isEqualTo(digest);
        BufferedDataTable log = trainer.output(1);
        assertThat(Tables.column(log, "step")).containsExactly("1", "2", "3");
        assertThat(Tables.column(log, "loss")).doesNotContainNull();
        assertThat(trainer.viewData())
                .contains("\"log\"")
                .contains("\"loss\":[")
                .doesNotContain("NaN");
    }

    @Test
    void epochsMakeTheStepsFollowFromTheExamples() throws Exception {
        NodeRunner.Instance trainer = trainer(Map.of())
                .set("length/unit", "EPOCHS")
                .set("length/epochs", 5.0)
                .set("batchSize", 2);
        trainer.result(Models.untrained(workflow, "base", 1), examples());

        assertThat(Tables.column(trainer.output(1), "step")).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void replayExamplesAreMixedIn() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        BufferedDataTable replay = Tables.of(exec, List.of("prompt", "completion"), List.of(List.of("1 + 1 :", "= 2")));
        LanguageModelPortObject plain =
                trainer(Map.of()).set("replayShare", 0.5).result(base, examples());
        LanguageModelPortObject replayed = trainer(Map.of("Replay examples", BufferedDataTable.TYPE))
                .set("replayShare", 0.5)
                .result(base, examples(), replay);
        assertThat(replayed.digest()).isNotEqualTo(plain.digest());
    }

    @Test
    void aCancelledTrainingGoesOnWhereItStopped() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        NodeRunner.Instance whole = trainer(Map.of()).set("steps", 4);
        LanguageModelPortObject expected = whole.result(base, examples());

        NodeRunner.Instance trainer = trainer(Map.of()).set("steps", 4).set("checkpoint/everySteps", 1);
        trainer.cancelWhen(fraction -> fraction > 0.4);
        assertThat(trainer.run(base, examples())).isFalse();
        assertThat(checkpoints()).isNotEmptyDirectory();
        trainer.cancelWhen(fraction -> false);
        assertThat(trainer.run(base, examples())).as(trainer.message()).isTrue();
        LanguageModelPortObject resumed = trainer.output(0);
        assertThat(resumed.digest()).isEqualTo(expected.digest());
        assertThat(Tables.column(trainer.output(1), "loss")).isEqualTo(Tables.column(whole.output(1), "loss"));
        assertThat(checkpoints()).isEmptyDirectory();
    }

    @Test
    void aMissingColumnIsNamed() throws Exception {
        NodeRunner.Instance trainer = trainer(Map.of()).set("examples/completion", "reply");
        assertThat(trainer.run(Models.untrained(workflow, "base", 1), examples()))
                .isFalse();
        assertThat(trainer.message()).contains("examples table has no column 'reply'");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> trainer(Map.of()).set("steps", 0).configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("Steps is 0");
        assertThatThrownBy(() -> trainer(Map.of()).set("optimizer/beta1", 1.0).configure())
                .hasMessageContaining("Beta 1 is 1.0");
    }

    /** Whatever the table calls them, questions are trained as they will be asked, and a weight is not demanded. */
    @Test
    void questionsAndRationalesTrainLikeCompletePrompts() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        List<List<String>> asked = List.of(List.of("2 + 3", "= 5"), List.of("4 + 4", "= 8"));
        List<List<String>> complete = asked.stream()
                .map(row -> List.of(base.promptFormat().render(row.get(0), List.of(), List.of()), row.get(1)))
                .toList();
        String expected = trainer(Map.of())
                .set("examples/weight_is_present", true)
                .<LanguageModelPortObject>result(base, Tables.of(exec, List.of("prompt", "completion"), complete))
                .digest();
        for (List<String> names : List.of(
                List.of("question", "rationale"), List.of("prompt", "completion"), List.of("instruction", "output"))) {
            LanguageModelPortObject tuned = trainer(Map.of())
                    .set("examples/weight_is_present", true)
                    .result(base, Tables.of(exec, names, asked));
            assertThat(tuned.digest()).as(names.toString()).isEqualTo(expected);
        }
        LanguageModelPortObject other = trainer(Map.of())
                .set("examples/prompts", "AS_THEY_ARE")
                .result(base, Tables.of(exec, List.of("prompt", "completion"), asked));
        assertThat(other.digest()).isNotEqualTo(expected);
    }

    @Test
    void withRulesQuestionsAreLearnedWithAndWithoutThem() throws Exception {
        LanguageModelPortObject base = Models.untrained(workflow, "base", 1);
        BufferedDataTable rules = Tables.of(exec, List.of("text"), List.of(List.of("1 + 1"), List.of("= 2")));
        List<List<String>> asked = List.of(List.of("2 + 3", "= 5"), List.of("4 + 4", "= 8"));
        List<List<String>> complete = asked.stream()
                .flatMap(row -> Stream.of(List.<String>of(), List.of("1 + 1", "= 2"))
                        .map(shown -> List.of(base.promptFormat().render(row.get(0), shown, List.of()), row.get(1))))
                .toList();
        List<String> columns = List.of("prompt", "completion");
        LanguageModelPortObject expected = trainer(Map.of()).result(base, Tables.of(exec, columns, complete));

        LanguageModelPortObject tuned =
                trainer(Map.of("Rules", BufferedDataTable.TYPE)).result(base, Tables.of(exec, columns, asked), rules);

        assertThat(tuned.digest()).isEqualTo(expected.digest());
    }

    @Test
    void rulesAreRefusedWherePromptsAreTakenAsTheyAre() throws Exception {
        NodeRunner.Instance trainer =
                trainer(Map.of("Rules", BufferedDataTable.TYPE)).set("examples/prompts", "AS_THEY_ARE");
        BufferedDataTable rules = Tables.of(exec, List.of("text"), List.of(List.of("1 + 1")));
        assertThat(trainer.run(Models.untrained(workflow, "base", 1), examples(), rules))
                .isFalse();
        assertThat(trainer.message()).contains("no rule would be shown").contains("remove the port Rules");
    }
}
