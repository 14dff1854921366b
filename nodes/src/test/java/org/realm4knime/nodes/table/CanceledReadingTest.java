package org.realm4knime.nodes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.nodes.schedule.InductionScheduleNodeFactory;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;

/** Whoever reads a table asks before each row whether to stop. */
class CanceledReadingTest {

    private static final int ROWS = 5;

    @TempDir
    private Path folder;

    private record Reader(String name, List<String> columns, Read read) {

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Read {
        Object read(BufferedDataTable table, Progress progress) throws Exception;
    }

    /** Cancels at a row. */
    private static final class CancelAt implements Progress {
        private final int row;
        private final AtomicInteger asked = new AtomicInteger();

        CancelAt(int row) {
            this.row = row;
        }

        @Override
        public void report(double fraction, String message) {
            // only cancellation matters
        }

        @Override
        public void checkCanceled() throws CanceledJobException {
            if (asked.incrementAndGet() == row) {
                throw new CanceledJobException();
            }
        }
    }

    static Stream<Reader> readers() {
        AnswerChecker checker = AnswerChecker.of(AnswerType.NUMBER, 0);
        List<Problem> problems = List.of(new Problem("1", "1", "1", null, null));
        return Stream.of(
                new Reader("routes", List.of("problem id", "text"), RouteTable::read),
                new Reader("rules", List.of("text"), RuleTable::read),
                new Reader(
                        "examples",
                        List.of("prompt", "completion"),
                        (table, progress) -> ExampleTable.read("examples", table, new ExampleColumns(), progress)),
                new Reader(
                        "predictions",
                        List.of("problem id", "answer"),
                        (table, progress) ->
                                PredictionTable.missed(table, new PredictionColumns(), problems, checker, progress)));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void stopsAtTheRowAtWhichItIsCanceled(Reader reader) throws Exception {
        try (NodeRunner workflow = new NodeRunner(folder)) {
            ExecutionContext exec =
                    workflow.node(new InductionScheduleNodeFactory()).exec();
            List<Object> row = Collections.nCopies(reader.columns().size(), "1");
            BufferedDataTable table = Tables.of(exec, reader.columns(), Collections.nCopies(ROWS, row));
            CancelAt whole = new CancelAt(0);
            reader.read().read(table, whole);
            assertThat(whole.asked).hasValue(ROWS);
            for (int i = 1; i <= ROWS; i++) {
                CancelAt canceling = new CancelAt(i);
                assertThatThrownBy(() -> reader.read().read(table, canceling)).isInstanceOf(CanceledJobException.class);
                assertThat(canceling.asked).hasValue(i);
            }
        }
    }
}
