package org.realm4knime.engine.model;

/**
 * Scaling of the rotary position embedding for contexts longer than those of the first training.
 *
 * @param kind which scaling
 * @param factor how many times longer the context became, at least 1
 * @param lowFrequencyFactor LLAMA3 only: wavelengths longer than {@code originalMaxPositions / lowFrequencyFactor} are
 *     scaled in full
 * @param highFrequencyFactor LLAMA3 only: wavelengths shorter than {@code originalMaxPositions / highFrequencyFactor}
 *     are kept
 * @param originalMaxPositions LLAMA3 only: context length of the first training
 */
public record RopeScaling(
        Kind kind, double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalMaxPositions) {

    /** Checks the values. */
    public RopeScaling {
        if (!(factor >= 1 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("The factor of rope_scaling must be at least 1: " + factor);
        }
        if (kind == Kind.LLAMA3
                && !(lowFrequencyFactor > 0 && highFrequencyFactor > lowFrequencyFactor && originalMaxPositions > 0)) {
            throw new IllegalArgumentException(
                    ("rope_scaling needs 0 < low_freq_factor < high_freq_factor and a positive"
                                    + " original_max_position_embeddings: %s, %s, %d")
                            .formatted(lowFrequencyFactor, highFrequencyFactor, originalMaxPositions));
        }
    }

    /** Kinds of scaling, {@code rope_type} in config.json. */
    public enum Kind {
        /** All positions divided by the factor. */
        LINEAR,
        /** Llama 3.1: low frequencies divided by the factor, high ones kept, those between blended. */
        LLAMA3
    }

    /** All positions divided by the factor. */
    public static RopeScaling linear(double factor) {
        return new RopeScaling(Kind.LINEAR, factor, 1, 1, 1);
    }

    /** The scaling of Llama 3.1 and later. */
    public static RopeScaling llama3(double factor, double low, double high, int originalMaxPositions) {
        return new RopeScaling(Kind.LLAMA3, factor, low, high, originalMaxPositions);
    }

    /**
     * Scales one rotary frequency.
     *
     * @param frequency angle a position, in radians
     * @return the scaled angle a position
     */
    public double scale(double frequency) {
        if (kind == Kind.LINEAR) {
            return frequency / factor;
        }
        double rotations = originalMaxPositions * frequency / (2 * Math.PI);
        if (rotations < lowFrequencyFactor) {
            return frequency / factor;
        }
        if (rotations > highFrequencyFactor) {
            return frequency;
        }
        double keep = (rotations - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
        return (1 - keep) * frequency / factor + keep * frequency;
    }
}
