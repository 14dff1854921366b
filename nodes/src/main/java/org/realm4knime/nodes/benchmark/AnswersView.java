package org.realm4knime.nodes.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.realm4knime.engine.evaluate.Prediction;
import org.realm4knime.engine.evaluate.Score;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.nodes.table.TableSchema;

/** The tables behind the comparison of two models: the problems, and every answer with the number of its problem. */
final class AnswersView {

    private record Answer(int problem, boolean vote, Prediction prediction) {}

    private static final TableSchema<Problem> PROBLEMS = TableSchema.<Problem>builder()
            .text("id", Problem::id)
            .text("split", problem -> Objects.requireNonNullElse(problem.domain(), Score.ALL))
            .text("question", Problem::question)
            .text("reference", Problem::answer)
            .build();

    private static final TableSchema<Answer> ANSWERS = TableSchema.<Answer>builder()
            .integer("problem", Answer::problem)
            .text("model", answer -> answer.prediction().model())
            .text("routes", answer -> answer.prediction().routes())
            .bool("vote", Answer::vote)
            .text("completion", answer -> answer.prediction().completion())
            .text("answer", answer -> answer.prediction().answer())
            .bool("correct", answer -> answer.prediction().correct())
            .bool("truncated", answer -> answer.prediction().truncated())
            .build();

    private AnswersView() {}

    /** The problems, in their order. */
    static BufferedDataTable problems(List<Problem> problems, ExecutionContext exec) throws CanceledExecutionException {
        return PROBLEMS.write(problems, exec);
    }

    /** The answers of the models, and of the votes that stand among them. */
    static BufferedDataTable answers(List<Problem> problems, List<Prediction> predictions, ExecutionContext exec)
            throws CanceledExecutionException {
        Map<String, Integer> places = new HashMap<>();
        IntStream.range(0, problems.size())
                .forEach(i -> places.put(problems.get(i).id(), i));
        return ANSWERS.write(
                predictions.stream()
                        .map(prediction -> new Answer(
                                places.get(prediction.problemId()),
                                BenchmarkEvaluatorNodeFactory.VOTES.contains(prediction.model()),
                                prediction))
                        .toList(),
                exec);
    }
}
