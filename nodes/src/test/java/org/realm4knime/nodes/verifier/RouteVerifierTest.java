package org.realm4knime.nodes.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.engine.route.Route;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

class RouteVerifierTest extends WorkflowTest {

    @Test
    void routesAreJudgedAndContrasted() throws Exception {
        NodeRunner.Instance verifier = workflow.node(new RouteVerifierNodeFactory());
        BufferedDataTable verified = verifier.result(sums(), routes());
        assertThat(Tables.column(verified, "positive")).containsExactly("true", "false", "true", "true");
        assertThat(Tables.column(verified, "verdict")).containsExactly("right", "wrong", "right", "right");
        assertThat(Tables.column(verified, "process valid")).containsExactly("true", "false", "true", "true");
        assertThat(Tables.column(verified, "decisive step").get(1)).isEqualTo("1");
        BufferedDataTable contrasts = verifier.output(1);
        assertThat(Tables.column(contrasts, "positive")).containsExactly("2 + 3 = 5");
        assertThat(Tables.column(contrasts, "negative")).containsExactly("2 + 3 = 6");
        assertThat(Tables.column(contrasts, "negative source")).containsExactly("b");
        assertThat(verifier.message()).isEmpty();
    }

    @Test
    void aKindThatTheAnswersAreNotOfIsNamed() throws Exception {
        NodeRunner.Instance verifier =
                workflow.node(new RouteVerifierNodeFactory()).set("answers/kind", "NUMBER");
        BufferedDataTable times =
                Tables.of(exec, List.of("id", "question", "answer"), List.of(List.of("1", "How long?", "02:58")));
        BufferedDataTable recorded = Tables.of(
                exec, List.of("problem id", "source", "text"), List.of(List.of("1", "m", "The answer is 02:58.")));
        verifier.result(times, recorded);
        assertThat(verifier.message())
                .startsWith("'Kind of answer' is 'Number', but 1 of 1 reference answers are of another kind, such as")
                .contains("nothing to contrast");
    }

    @Test
    void answersOfAnyColumnTypeAreJudged() throws Exception {
        assertThat(positive(List.of(5.0, 8.5), "2 + 3 = 5. The answer is 5.", "The answer is 8.5."))
                .containsExactly("true", "true");
        assertThat(positive(List.of(5, 8), "The answer is 5.", "The answer is 9."))
                .containsExactly("true", "false");
        assertThat(positive(List.of(true, false), "The answer is true.", "The answer is true."))
                .containsExactly("true", "false");
    }

    /** Of a table as the Excel Reader gives it: the ids are doubles, the names are written as people write them. */
    private List<String> positive(List<Object> answers, String... routes) throws Exception {
        BufferedDataTable problems = Tables.of(
                exec,
                List.of("Id", "Question", "Answer"),
                List.of(List.of(1.0, "a?", answers.get(0)), List.of(2.0, "b?", answers.get(1))));
        BufferedDataTable recorded = Tables.of(
                exec,
                List.of("Problem Id", "Source", "Text", "Answer"),
                List.of(List.of("1", "m", routes[0], answers.get(0)), List.of("2", "m", routes[1], answers.get(1))));
        return Tables.column(workflow.node(new RouteVerifierNodeFactory()).result(problems, recorded), "positive");
    }

    @Test
    void theViewIsGivenTheStepsOfEachPair() throws Exception {
        NodeRunner.Instance verifier = workflow.node(new RouteVerifierNodeFactory());
        verifier.result(sums(), routes());
        assertThat(verifier.viewData())
                .contains("\"pairs\"")
                .contains("\"question\":[\"2 + 3\"]")
                .contains("\"text\":[\"2 + 3 = 5\",\"2 + 3 = 6\"]")
                .contains("\"wrong claims\":[null,\"2 + 3 is 5, not 6\"]");
    }

    @Test
    void examplesAreWrittenInThePromptFormatOfTheModel() throws Exception {
        NodeRunner.Instance general =
                workflow.node(new RouteVerifierNodeFactory()).set("solutionsAlone", false);
        general.result(sums(), routes());
        BufferedDataTable inGeneral = general.output(2);
        assertThat(Tables.column(inGeneral, "prompt")).hasSize(2).allMatch(prompt -> prompt.contains("\n"));
        NodeRunner.Instance compact = workflow.node(
                        new RouteVerifierNodeFactory(), Map.of("Model to train", LanguageModelPortObject.TYPE))
                .set("solutionsAlone", false);
        compact.result(sums(), routes(), Models.untrained(workflow, "base", 1));
        BufferedDataTable inCompact = compact.output(2);
        assertThat(Tables.column(inCompact, "prompt"))
                .hasSize(2)
                .allMatch(prompt -> prompt.contains(" | ") && prompt.endsWith(" :"));
        assertThat(Tables.column(inCompact, "completion")).allMatch(text -> text.startsWith("verify "));
    }

    @Test
    void aNewNodeTeachesVerdictsAndSolutionsAlone() throws Exception {
        NodeRunner.Instance verifier =
                workflow.node(new RouteVerifierNodeFactory(), Map.of("Model to train", LanguageModelPortObject.TYPE));
        verifier.result(sums(), routes(), Models.untrained(workflow, "base", 1));

        assertThat(Tables.column(verifier.output(2), "completion"))
                .hasSize(4)
                .contains("2 + 3 = 5", "4 + 4 = 8")
                .filteredOn(text -> text.startsWith("verify "))
                .hasSize(2);
    }

    @Test
    void rightRoutesAreExamplesOfTheirOwn() throws Exception {
        NodeRunner.Instance verifier = workflow.node(
                        new RouteVerifierNodeFactory(), Map.of("Model to train", LanguageModelPortObject.TYPE))
                .set("teaches", "ROUTES")
                .set("solutions", "SOUND")
                .set("examplesPerProblem", 5);
        verifier.result(sums(), routes(), Models.untrained(workflow, "base", 1));
        assertThat(Tables.column(verifier.output(2), "prompt")).containsExactly("2 + 3 :", "4 + 4 :");
        assertThat(Tables.column(verifier.output(2), "completion")).containsExactly("2 + 3 = 5", "4 + 4 = 8");
    }

    /** Workflows of before there was a choice. */
    @Test
    void settingsThatAreNotThereMeanVerdictsAndSolution() throws Exception {
        NodeRunner.Instance verifier = workflow.node(new RouteVerifierNodeFactory())
                .without("teaches")
                .without("solutions")
                .without("solutionsAlone");
        verifier.result(sums(), routes());
        assertThat(Tables.column(verifier.output(2), "completion")).allMatch(text -> text.startsWith("Verification:"));
    }

    @Test
    void routesOfUnknownProblemsAreMentioned() throws Exception {
        BufferedDataTable strangers =
                RouteTable.SCHEMA.write(List.of(new Route("x", "a", 0, "= 1", "1", 2, -1, null)), exec);
        NodeRunner.Instance verifier = workflow.node(new RouteVerifierNodeFactory());
        assertThat(verifier.run(sums(), strangers)).isTrue();
        assertThat(verifier.message()).contains("routes of 1 problem ids were left out");
    }

    @Test
    void aTableWithoutRoutesIsRefused() throws Exception {
        NodeRunner.Instance verifier = workflow.node(new RouteVerifierNodeFactory());
        BufferedDataTable other = Tables.of(exec, List.of("item", "price"), List.of(List.of("lamp", "5")));
        assertThat(verifier.run(sums(), other)).isFalse();
        assertThat(verifier.message()).contains("routes table has no column 'problem id'");
    }
}
