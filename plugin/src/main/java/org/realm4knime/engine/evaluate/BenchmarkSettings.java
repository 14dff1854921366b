package org.realm4knime.engine.evaluate;

import org.realm4knime.engine.generate.SamplingSettings;

/**
 * How a model answers.
 *
 * @param maxNewTokens longest completion in tokens
 * @param temperature 0 takes the likeliest token, which is the usual benchmark protocol
 * @param batchSize sequences generated at once
 * @param seed orders the routes in each prompt and samples where the temperature is above 0
 */
public record BenchmarkSettings(int maxNewTokens, double temperature, int batchSize, long seed) {

    SamplingSettings sampling() {
        return SamplingSettings.sample(maxNewTokens, temperature, seed);
    }
}
