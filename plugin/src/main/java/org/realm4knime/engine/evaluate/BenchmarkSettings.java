package org.realm4knime.engine.evaluate;

import org.realm4knime.engine.generate.SamplingSettings;

/**
 * How a model answers.
 *
 * @param sampling how tokens are drawn; temperature 0 is the usual benchmark protocol. Its seed also orders the routes
 *     in each prompt
 * @param batchSize sequences generated at once
 */
public record BenchmarkSettings(SamplingSettings sampling, int batchSize) {}
