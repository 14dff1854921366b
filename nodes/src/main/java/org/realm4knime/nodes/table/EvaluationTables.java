package org.realm4knime.nodes.table;

import org.realm4knime.engine.evaluate.Comparison;
import org.realm4knime.engine.evaluate.Prediction;
import org.realm4knime.engine.evaluate.Score;

/** The tables that the benchmark writes. */
public final class EvaluationTables {

    /** A row for each model, split and routes: accuracy with its 95 % Wilson interval. */
    public static final TableSchema<Score> SCORES = TableSchema.<Score>builder()
            .text("model", Score::model)
            .text("split", Score::split)
            .text("routes", Score::routes)
            .text("rules", Score::rules)
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
            .text("rules", Prediction::rules)
            .text("problem id", Prediction::problemId)
            .text("question", Prediction::question)
            .text("reference", Prediction::reference)
            .text("completion", Prediction::completion)
            .text("answer", Prediction::answer)
            .bool("correct", Prediction::correct)
            .bool("truncated", Prediction::truncated)
            .text("error", Prediction::error)
            .build();

    /** A row for each split, routes and pair of models. */
    public static final TableSchema<Comparison> COMPARISONS = TableSchema.<Comparison>builder()
            .text("model", Comparison::model)
            .text("compared with", Comparison::other)
            .text("split", Comparison::split)
            .text("routes", Comparison::routes)
            .text("rules", Comparison::rules)
            .integer("problems", comparison -> comparison.counts().problems())
            .integer("both right", comparison -> comparison.counts().both())
            .integer("only the model", comparison -> comparison.counts().onlyModel())
            .integer("only the other", comparison -> comparison.counts().onlyOther())
            .integer("neither", comparison -> comparison.counts().neither())
            .number("difference", Comparison::difference)
            .number("low", Comparison::low)
            .number("high", Comparison::high)
            .number("p-value", Comparison::pValue)
            .bool("trained from it", Comparison::trainedFrom)
            .text("note", Comparison::note)
            .build();

    private EvaluationTables() {}
}
