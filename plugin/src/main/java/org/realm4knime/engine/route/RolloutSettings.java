package org.realm4knime.engine.route;

import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.SamplingSettings;

/**
 * How routes are drawn.
 *
 * @param routesPerSource routes a problem gets from each source, at least 1
 * @param maxNewTokens longest route in tokens, at least 1
 * @param temperature sampling temperature; 0 takes the likeliest token, so that all routes of a source are equal
 * @param topP nucleus sampling: share of probability mass kept, in (0, 1]
 * @param batchSize sequences generated at once, at least 1
 * @param seed the same seed gives the same routes
 */
public record RolloutSettings(
        int routesPerSource, int maxNewTokens, double temperature, double topP, int batchSize, long seed) {

    public RolloutSettings {
        if (routesPerSource < 1) {
            throw new EngineException("Routes per model is " + routesPerSource + "; ask for at least 1.");
        }
    }

    /** The sampling of one source; sources draw from different random streams. */
    SamplingSettings sampling(int sourceIndex) {
        return new SamplingSettings(maxNewTokens, temperature, 0, topP, 0, seed + 7919L * sourceIndex);
    }
}
