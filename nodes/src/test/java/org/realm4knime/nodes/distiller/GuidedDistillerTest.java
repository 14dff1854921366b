package org.realm4knime.nodes.distiller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.supervised.SupervisedTrainerNodeFactory;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class GuidedDistillerTest extends WorkflowTest {

    private NodeRunner.Instance distiller() {
        return workflow.node(new GuidedDistillerNodeFactory())
                .set("steps", 2)
                .set("batchSize", 2)
                .set("rationalesPerProblem", 2)
                .set("generation/maxNewTokens", 6)
                .set("generation/temperature", 0.0);
    }

    /** A teacher that has learned by heart what to answer when it sees the rule. */
    private LanguageModelPortObject teacher(LanguageModelPortObject base) throws Exception {
        List<List<Object>> examples = new ArrayList<>();
        try (LanguageModel model = Progress.unwatched(base::open)) {
            List<String> rule = Tables.column(rules(), "text");
            examples.add(List.of(model.promptFormat().render("2 + 3", rule, List.of()), "= 5"));
            examples.add(List.of(model.promptFormat().render("4 + 4", rule, List.of()), "= 8"));
        }
        return workflow.node(new SupervisedTrainerNodeFactory())
                .set("examples/weight_is_present", false)
                .set("steps", 150)
                .set("batchSize", 2)
                .set("learningRate", 0.02)
                .set("name", "teacher")
                .result(base, Tables.of(exec, List.of("prompt", "completion"), examples));
    }

    @Test
    void theStudentIsTrainedOnWhatTheTeacherGotRight() throws Exception {
        LanguageModelPortObject student = Models.untrained(workflow, "student", 1);
        NodeRunner.Instance distiller = distiller();
        LanguageModelPortObject distilled = distiller.result(student, teacher(student), sums(), rules());
        assertThat(distilled.getSpec().name()).isEqualTo("distilled");
        assertThat(distilled.digest()).isNotEqualTo(student.digest());
        BufferedDataTable rationales = distiller.output(1);
        // greedy, so that both rationales of a problem are equal and one is kept
        assertThat(Tables.column(rationales, "answer")).containsExactly("5", "8");
        assertThat(Tables.column(rationales, "prompt")).noneMatch(prompt -> prompt.contains("30 days"));
        assertThat(Tables.column(distiller.output(2), "step")).containsExactly("1", "2");
    }

    @Test
    void theTeachersDistributionsCanBeLearnedToo() throws Exception {
        LanguageModelPortObject student = Models.untrained(workflow, "student", 1);
        LanguageModelPortObject teacher = teacher(student);
        NodeRunner.Instance distiller = distiller();
        LanguageModelPortObject byTokens = distiller.result(student, teacher, sums(), rules());
        LanguageModelPortObject byDistributions =
                distiller().set("distributionShare", 1.0).result(student, teacher, sums(), rules());

        assertThat(byDistributions.digest()).isNotEqualTo(byTokens.digest());
        assertThatThrownBy(() -> distiller().set("distributionShare", 1.5).run(student, teacher, sums(), rules()))
                .hasMessageContaining("share of token distributions is 1.5");
    }

    @Test
    void aTeacherThatKnowsNothingLeavesTheStudentAsItIs() throws Exception {
        LanguageModelPortObject student = Models.untrained(workflow, "student", 1);
        NodeRunner.Instance distiller = distiller();
        LanguageModelPortObject same = distiller.result(student, student, sums(), rules());
        assertThat(same.digest()).isEqualTo(student.digest());
        assertThat(distiller.message()).contains("None of the teacher's 4 rationales was accepted");
        assertThat(Tables.column(distiller.output(1), "answer")).isEmpty();
        assertThat(Tables.column(distiller.output(2), "step")).isEmpty();
    }
}
