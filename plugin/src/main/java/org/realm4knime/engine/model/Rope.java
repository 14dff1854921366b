package org.realm4knime.engine.model;

/**
 * Rotary position embedding (Su et al. 2021) of a layer's queries and keys.
 *
 * @param theta base of the frequencies
 * @param dimensions leading values of a head that are rotated, even; the others stay as they are, and 0 means that the
 *     layer has no positions
 * @param scaling scaling for long contexts, or null for none
 */
public record Rope(double theta, int dimensions, RopeScaling scaling) {

    /** Checks the values. */
    public Rope {
        if (!(theta > 0 && Double.isFinite(theta))) {
            throw new IllegalArgumentException("rope_theta must be positive: " + theta);
        }
        if (dimensions < 0 || dimensions % 2 != 0) {
            throw new IllegalArgumentException(
                    "head_dim times partial_rotary_factor must be even for rotary positions: " + dimensions);
        }
        if (scaling instanceof RopeScaling.LongRope longRope
                && longRope.shortFactors().size() != dimensions / 2) {
            throw new IllegalArgumentException("rope_scaling needs %d factors, one for each rotated pair, and has %d"
                    .formatted(dimensions / 2, longRope.shortFactors().size()));
        }
    }

    /** The same layer without positions. */
    Rope without() {
        return new Rope(theta, 0, null);
    }

    /** Whether a pair of values of a head, counted from 0, is rotated. */
    boolean rotates(int pair) {
        return 2 * pair < dimensions;
    }

    /** Angle a position of a rotated pair, in radians. */
    public double frequency(int pair) {
        double frequency = Math.pow(theta, -2.0 * pair / dimensions);
        return scaling == null ? frequency : scaling.scale(frequency, pair);
    }

    /** Length that a rotated pair gets, times its own. */
    double magnitude() {
        return scaling == null ? 1 : scaling.magnitude();
    }
}
