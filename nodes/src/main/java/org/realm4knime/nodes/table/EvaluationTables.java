package org.realm4knime.nodes.table;

import org.realm4knime.engine.evaluate.Prediction;
import org.realm4knime.engine.evaluate.Score;

/** The tables that the benchmark writes. */
public final class EvaluationTables {

    /** A row for each model, split and routes: accuracy with its 95 % Wilson interval. */
    public static final TableSchema<Score> SCORES = TableSchema.<Score>builder()
            .text("model", Score::model)
            .text("split", Score::split)
            .text("routes", Score::routes)
            .integer("problems", Score::problems)
            .integer("correct", Score::correct)
            .number("accuracy", Score::accuracy)
            .number("low", Score::low)
            .number("high", Score::high)
            .build();

    /** Every answer behind the scores. */
    public static final TableSchema<Prediction> PREDICTIONS = TableSchema.<Prediction>builder()
            .text("model", Prediction::model)
            .text("routes", Prediction::routes)
            .text("problem id", Prediction::problemId)
            .text("question", Prediction::question)
            .text("reference", Prediction::reference)
            .text("completion", Prediction::completion)
            .text("answer", Prediction::answer)
            .bool("correct", Prediction::correct)
            .bool("truncated", Prediction::truncated)
            .build();

    private EvaluationTables() {}
}
