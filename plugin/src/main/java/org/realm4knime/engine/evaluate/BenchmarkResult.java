package org.realm4knime.engine.evaluate;

import java.util.List;

/**
 * Result of a benchmark.
 *
 * @param scores a row for each model, split and routes
 * @param predictions every answer behind them
 * @param comparisons a row for each split, routes and pair of models, and for each model and vote of the routes
 */
public record BenchmarkResult(List<Score> scores, List<Prediction> predictions, List<Comparison> comparisons) {}
