package org.realm4knime.nodes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.mrpv.RouteSteps;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.HeldOutFigures;
import org.realm4knime.engine.train.HelpFigures;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.PolicyFigures;
import org.realm4knime.engine.train.RolloutFigures;
import org.realm4knime.nodes.schedule.InductionScheduleNodeFactory;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;

class TablesTest {

    @TempDir
    static Path folder;

    private NodeRunner workflow;
    private ExecutionContext exec;

    @BeforeEach
    void openWorkflow() {
        workflow = new NodeRunner(folder);
        exec = workflow.node(new InductionScheduleNodeFactory()).exec();
    }

    @AfterEach
    void closeWorkflow() {
        workflow.close();
    }

    private BufferedDataTable table(List<String> columns, Object... values) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i += columns.size()) {
            rows.add(Arrays.asList(values).subList(i, i + columns.size()));
        }
        return Tables.of(exec, columns, rows);
    }

    @Test
    void problemsAreTheSameAfterWritingAndReading() throws Exception {
        List<Problem> problems = List.of(
                new Problem("p1", "How many?", "12", "10 + 2 = 12", "test"),
                new Problem("p2", "And now?", "", null, null));
        BufferedDataTable table = ProblemTable.SCHEMA.write(problems, exec);
        assertThat(Tables.names(table)).containsExactly("id", "question", "answer", "rationale", "domain");
        assertThat(ProblemTable.read(table, new ProblemColumns(), Progress.silent()))
                .isEqualTo(problems);
    }

    @Test
    void numbersAreReadAsTheTextOfAnAnswer() throws Exception {
        BufferedDataTable table =
                table(List.of("id", "question", "answer"), 1, "a", 204.0, 2, "b", 0.25, 3, "c", 12_000_000.0);
        assertThat(ProblemTable.read(table, new ProblemColumns(), Progress.silent()))
                .extracting(Problem::id, Problem::answer)
                .containsExactly(tuple("1", "204"), tuple("2", "0.25"), tuple("3", "12000000"));
    }

    @Test
    void withoutAnIdColumnTheRowIdIsTheId() throws Exception {
        ProblemColumns columns = new ProblemColumns();
        columns.id = Optional.empty();
        assertThat(ProblemTable.read(table(List.of("question", "answer"), "a", "1"), columns, Progress.silent()))
                .extracting(Problem::id)
                .containsExactly("Row0");
    }

    @Test
    void aMissingColumnIsNamedWithTheColumnsThatAreThere() {
        assertThatThrownBy(() -> ProblemTable.check(
                        table(List.of("id", "task", "answer"), "1", "a", "2").getDataTableSpec(), new ProblemColumns()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("problems table has no column 'question'")
                .hasMessageContaining("id, task, answer");
    }

    @Test
    void aColumnOfTheWrongTypeIsNamed() {
        DataTableSpec spec = table(List.of("prompt", "completion", "weight"), "a", "b", "heavy")
                .getDataTableSpec();
        assertThatThrownBy(() -> ExampleTable.check("examples", spec, new ExampleColumns()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("column 'weight' of the examples table")
                .hasMessageContaining("numbers is needed");
    }

    @Test
    void aMissingQuestionIsNamedWithItsRow() {
        BufferedDataTable table = table(List.of("id", "question", "answer"), "1", "a", "2", "2", null, "3");
        assertThatThrownBy(() -> ProblemTable.read(table, new ProblemColumns(), Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Row 'Row1' of the problems table has no value in column 'question'");
    }

    @Test
    void anIdThatIsNotUniqueIsNamedWithBothRows() {
        BufferedDataTable table = table(List.of("id", "question", "answer"), "x", "a", "2", "x", "b", "3");
        assertThatThrownBy(() -> ProblemTable.read(table, new ProblemColumns(), Progress.silent()))
                .hasMessageContaining("Rows 'Row0' and 'Row1'")
                .hasMessageContaining("same id 'x'");
    }

    @Test
    void anEmptyTableIsAnError() {
        BufferedDataTable table = table(List.of("id", "question", "answer"));
        assertThatThrownBy(() -> ProblemTable.read(table, new ProblemColumns(), Progress.silent()))
                .hasMessageContaining("is empty");
    }

    @Test
    void verifiedRoutesKeepAllOfThemselves() throws Exception {
        VerifiedRoute verified = new VerifiedRoute(
                new Route("p", "a", 2, "1 + 1 = 3", "3", 5, -0.25, null),
                false,
                true,
                false,
                0.2,
                1,
                "1 + 1 is 2, not 3",
                List.of());
        VerifiedRoute failed = new VerifiedRoute(
                new Route("p", "b", 0, "", null, 0, Double.NaN, "no answer from the server"),
                false,
                false,
                true,
                0.5,
                0,
                "",
                List.of());
        BufferedDataTable table = VerifiedRouteTable.SCHEMA.write(List.of(verified, failed), exec);
        assertThat(VerifiedRouteTable.read(table, Progress.silent())).containsExactly(verified, failed);
        VerifiedRoute judged = RouteSteps.withValues(verified, new double[] {0.5, 1.25 / 2.5});
        assertThat(judged.steps()).hasSize(1);
        assertThat(VerifiedRouteTable.read(VerifiedRouteTable.SCHEMA.write(List.of(judged), exec), Progress.silent()))
                .as("with the values that the verifier gave its steps")
                .containsExactly(judged);
        assertThat(RouteTable.read(table, Progress.silent())).containsExactly(verified.route(), failed.route());
    }

    @Test
    void routesThatAreNotVerifiedAreSentToTheVerifier() {
        DataTableSpec spec = RouteTable.SCHEMA.spec();
        assertThatThrownBy(() -> VerifiedRouteTable.check(spec)).hasMessageContaining("Route Verifier (MRPV)");
    }

    @Test
    void answersMayBeNumbersAndTruthValues() throws Exception {
        assertThat(answers(5.0, 0.1, -3.5, 1e9, null, Double.NaN))
                .containsExactly("5", "0.1", "-3.5", "1000000000", "", "");
        assertThat(answers(5, -7)).containsExactly("5", "-7");
        assertThat(answers(true, false)).containsExactly("true", "false");
    }

    private List<String> answers(Object... values) throws Exception {
        Object[] cells = IntStream.range(0, values.length)
                .boxed()
                .flatMap(i -> Stream.of(i, "q" + i, values[i]))
                .toArray();
        return ProblemTable.read(
                        table(List.of("ID", "Question", "Answer"), cells), new ProblemColumns(), Progress.silent())
                .stream()
                .map(Problem::answer)
                .toList();
    }

    @Test
    void aReferenceAnswerIsNotTheRoutesAnswer() throws Exception {
        BufferedDataTable table = table(List.of("id", "rationale", "answer", "Route"), "p", "= 1", "2", 3.0);
        assertThat(RouteTable.read(table, Progress.silent()))
                .containsExactly(new Route("p", "recorded", 3, "= 1", null, 0, Double.NaN, null));
        BufferedDataTable own = table(List.of("Problem_ID", "Text", "answer", "Route Answer"), 1.0, "= 1", "2", 1);
        assertThat(RouteTable.read(own, Progress.silent()))
                .containsExactly(new Route("1", "recorded", 0, "= 1", "1", 0, Double.NaN, null));
    }

    @Test
    void recordedRoutesNeedOnlyProblemAndText() throws Exception {
        BufferedDataTable table = table(List.of("problem id", "text"), "p", "= 1", "p", "= 2", "q", "= 3");
        assertThat(RouteTable.read(table, Progress.silent()))
                .containsExactly(
                        new Route("p", "recorded", 0, "= 1", null, 0, Double.NaN, null),
                        new Route("p", "recorded", 1, "= 2", null, 0, Double.NaN, null),
                        new Route("q", "recorded", 0, "= 3", null, 0, Double.NaN, null));
    }

    @Test
    void rulesMayLackIdAndDomain() throws Exception {
        assertThat(RuleTable.read(table(List.of("text"), "No refund after 30 days."), Progress.silent()))
                .containsExactly(new Rule("Row0", "No refund after 30 days.", null));
        assertThat(RuleTable.read(table(List.of("id", "text", "applies to"), "R1", "x", "test"), Progress.silent()))
                .containsExactly(new Rule("R1", "x", "test"));
    }

    @Test
    void examplesWeighOneWhereNothingIsSaid() throws Exception {
        BufferedDataTable table = table(List.of("prompt", "completion", "weight"), "a", "b", 0.5, "c", "d", null);
        assertThat(ExampleTable.read("examples", table, new ExampleColumns(), Progress.silent()))
                .containsExactly(new SupervisedExample("a", "b", 0.5), new SupervisedExample("c", "d", 1));
    }

    @Test
    void aWeightThatIsNotAboveZeroIsNamedWithItsRow() {
        BufferedDataTable table = table(List.of("prompt", "completion", "weight"), "a", "b", 1.0, "c", "d", -1.0);
        assertThatThrownBy(() -> ExampleTable.read("examples", table, new ExampleColumns(), Progress.silent()))
                .hasMessageContaining("Row 'Row1' of the examples table has weight -1.0");
    }

    @Test
    void schedulesAreTheSameAfterWritingAndReading() throws Exception {
        for (InductionSchedule schedule :
                List.of(InductionSchedule.exponential(1, 2, 0.25), InductionSchedule.adaptive(0.8, 0.7, 0.6, 0.1, 4))) {
            BufferedDataTable table = ScheduleTable.SCHEMA.write(schedule.points(11), exec);
            assertThat(ScheduleTable.read(table)).isEqualTo(schedule.points(11));
        }
    }

    @Test
    void figuresThatDoNotApplyAreMissing() throws Exception {
        LogRow row = new LogRow(
                1,
                0.5,
                Double.NaN,
                1.5,
                1e-4,
                Double.NaN,
                RolloutFigures.NONE,
                HelpFigures.NONE,
                PolicyFigures.NONE,
                HeldOutFigures.NONE,
                900,
                new Budget(64, 1_000, 800));
        BufferedDataTable table = TrainingTables.LOG.write(List.of(row), exec);
        assertThat(Tables.column(table, "step")).containsExactly("1");
        assertThat(Tables.column(table, "loss")).containsExactly("0.5");
        assertThat(Tables.column(table, "reward")).containsOnlyNulls();
        assertThat(Tables.column(table, "gradient norm")).containsExactly("1.5");
        assertThat(Tables.names(table)).hasSize(35);
        assertThat(Tables.column(table, "samples drawn")).containsExactly("64");
        assertThat(Tables.column(table, "tokens generated")).containsExactly("1000");
        assertThat(Tables.column(table, "tokens trained")).containsExactly("800");
    }
}
