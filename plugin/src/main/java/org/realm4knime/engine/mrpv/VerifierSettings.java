package org.realm4knime.engine.mrpv;

import java.util.Objects;
import org.realm4knime.engine.EngineException;

/**
 * How routes are verified.
 *
 * @param smoothing a in V = (positive + a) / (all + 2 a), above 0; the larger, the closer V stays to 1/2 where few
 *     routes went
 * @param voteWeight how much a route counts where the majority stands in for the reference
 */
public record VerifierSettings(double smoothing, VoteWeight voteWeight) {

    /** Checks the values. */
    public VerifierSettings {
        if (!(smoothing > 0 && Double.isFinite(smoothing))) {
            throw new EngineException(
                    "The smoothing of the route verifier is " + smoothing + ". Give a number above 0.");
        }
        Objects.requireNonNull(voteWeight, "voteWeight");
    }

    /**
     * Smoothing 1 (Laplace's rule of succession) and votes weighted by valid claims.
     *
     * @return the defaults
     */
    public static VerifierSettings defaults() {
        return new VerifierSettings(1, VoteWeight.VALID_CLAIMS);
    }
}
