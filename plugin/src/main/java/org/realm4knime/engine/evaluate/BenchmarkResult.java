package org.realm4knime.engine.evaluate;

import java.util.List;

/**
 * Result of a benchmark.
 *
 * @param scores a row for each model, split and routes
 * @param predictions every answer behind them
 */
public record BenchmarkResult(List<Score> scores, List<Prediction> predictions) {}
