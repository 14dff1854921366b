package org.realm4knime.nodes.instructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class ProblemInstructorTest extends WorkflowTest {

    private NodeRunner.Instance instructor() {
        return workflow.node(new ProblemInstructorNodeFactory(), Map.of("Model to train", LanguageModelPortObject.TYPE))
                .set("answers/kind", "TEXT")
                .set("agreement", 0.0)
                .set("variations", 2)
                .set("generation/maxNewTokens", 4)
                .set("generation/stopStrings", " ")
                .set("generation/temperature", 0.0);
    }

    private BufferedDataTable problems() {
        return Tables.of(
                exec,
                List.of("id", "question", "answer"),
                List.of(List.of("p1", "2 + 3", "5"), List.of("p2", "4 + 4", "8"), List.of("p3", "1 + 9", "10")));
    }

    private BufferedDataTable predictions(String id, String answer) {
        return Tables.of(
                exec,
                List.of(id, answer),
                List.of(List.of("p1", "5"), List.of("p2", "7"), List.of("p1", "5"), List.of("x", "1")));
    }

    @Test
    void missedProblemsAreVariedAndAnswered() throws Exception {
        LanguageModelPortObject teacher = Models.untrained(workflow, "teacher", 1);
        NodeRunner.Instance instructor = instructor();
        BufferedDataTable made = instructor.result(problems(), predictions("problem id", "answer"), teacher, teacher);
        BufferedDataTable routes = instructor.output(2);
        assertThat(Tables.column(routes, "problem id")).containsExactly("p2-variation-1", "p2-variation-2");
        assertThat(Tables.column(routes, "source")).containsOnly("teacher");
        assertThat(Tables.column(made, "missed problem")).containsOnly("p2");
        assertThat(Tables.column(made, "question"))
                .isSubsetOf("2 + 2", "3 + 3", "1 + 1", "9 + 9")
                .doesNotHaveDuplicates();
        BufferedDataTable examples = instructor.output(1);
        assertThat(Tables.column(examples, "prompt"))
                .isEqualTo(Tables.column(made, "question").stream()
                        .map(question -> question + " :")
                        .toList());
        assertThat(Tables.column(examples, "completion")).isEqualTo(Tables.column(made, "rationale"));
    }

    @Test
    void theReasonersTableServesAsWell() throws Exception {
        LanguageModelPortObject teacher = Models.untrained(workflow, "teacher", 1);
        NodeRunner.Instance instructor =
                instructor().set("predictions/id", "id").set("predictions/answer", "model answer");
        assertThat(instructor.run(problems(), predictions("id", "model answer"), teacher, teacher))
                .as(instructor.message())
                .isTrue();
        NodeRunner.Instance other = instructor();
        assertThat(other.run(problems(), predictions("id", "model answer"), teacher, teacher))
                .isFalse();
        assertThat(other.message()).contains("predictions table has no column 'problem id'");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "variations", 0, "agreement", 1.0, "routesPerTeacher", 0)
                .entrySet()) {
            assertThatThrownBy(() ->
                            instructor().set(wrong.getKey(), wrong.getValue()).configure())
                    .as(wrong.getKey())
                    .isInstanceOf(InvalidSettingsException.class);
        }
    }
}
