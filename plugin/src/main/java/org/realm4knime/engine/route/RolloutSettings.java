package org.realm4knime.engine.route;

import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.SamplingSettings;

/**
 * How routes are drawn.
 *
 * @param routesPerSource routes a problem gets from each source, at least 1
 * @param sampling how tokens are drawn; at temperature 0 all routes of a source are equal
 * @param batchSize sequences generated at once, at least 1
 */
public record RolloutSettings(int routesPerSource, SamplingSettings sampling, int batchSize) {

    public RolloutSettings {
        if (routesPerSource < 1) {
            throw new EngineException("Routes per model is " + routesPerSource + "; ask for at least 1.");
        }
    }

    /** The sampling of one source; sources draw from different random streams. */
    SamplingSettings sampling(int sourceIndex) {
        return sampling.withSeed(sampling.seed() + 7919L * sourceIndex);
    }
}
