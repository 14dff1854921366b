package org.realm4knime.engine.model;

import java.util.List;
import java.util.stream.Stream;

/** Scaling of the rotary position embedding for contexts longer than those of the first training. */
public sealed interface RopeScaling {

    /**
     * Scales one rotary frequency.
     *
     * @param frequency angle a position, in radians
     * @param pair which pair of a head it is, from 0
     * @return the scaled angle a position
     */
    double scale(double frequency, int pair);

    /** What rotated queries and keys are multiplied with. */
    default double magnitude() {
        return 1;
    }

    /**
     * All positions divided by a factor.
     *
     * @param factor how many times longer the context became, at least 1
     */
    record Linear(double factor) implements RopeScaling {

        /** Checks the value. */
        public Linear {
            requireFactor(factor);
        }

        @Override
        public double scale(double frequency, int pair) {
            return frequency / factor;
        }
    }

    /**
     * The scaling of Llama 3.1 and later: low frequencies divided by the factor, high ones kept, those between blended.
     *
     * @param factor how many times longer the context became, at least 1
     * @param lowFrequencyFactor wavelengths longer than {@code originalMaxPositions / lowFrequencyFactor} are scaled in
     *     full
     * @param highFrequencyFactor wavelengths shorter than {@code originalMaxPositions / highFrequencyFactor} are kept
     * @param originalMaxPositions context length of the first training
     */
    record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalMaxPositions)
            implements RopeScaling {

        /** Checks the values. */
        public Llama3 {
            requireFactor(factor);
            if (!(lowFrequencyFactor > 0 && highFrequencyFactor > lowFrequencyFactor && originalMaxPositions > 0)) {
                throw new IllegalArgumentException(
                        ("rope_scaling needs 0 < low_freq_factor < high_freq_factor and a positive"
                                        + " original_max_position_embeddings: %s, %s, %d")
                                .formatted(lowFrequencyFactor, highFrequencyFactor, originalMaxPositions));
            }
        }

        @Override
        public double scale(double frequency, int pair) {
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

    /**
     * The scaling of Phi-3 and Phi-4-mini (LongRoPE, Ding et al. 2024): each pair has a factor of its own, and lengths
     * grow a little. There are factors for the context of the first training and others beyond it. A text must be
     * rotated by the same ones from its beginning to its end, which is not known while it is written; so the first are
     * used, and longer texts refused.
     *
     * @param shortFactors up to {@code originalMaxPositions}, one for each pair
     * @param longFactors beyond, only kept
     * @param originalMaxPositions context length of the first training
     * @param maxPositions that of the model, which decides the magnitude
     */
    record LongRope(List<Double> shortFactors, List<Double> longFactors, int originalMaxPositions, int maxPositions)
            implements RopeScaling {

        /** Checks the values. */
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
            if (originalMaxPositions <= 1 || maxPositions < originalMaxPositions) {
                throw new IllegalArgumentException(
                        ("rope_scaling needs 1 < original_max_position_embeddings <= max_position_embeddings:"
                                        + " %d, %d")
                                .formatted(originalMaxPositions, maxPositions));
            }
            if (Stream.concat(shortFactors.stream(), longFactors.stream())
                    .anyMatch(f -> !(f > 0 && Double.isFinite(f)))) {
                throw new IllegalArgumentException("short_factor and long_factor of rope_scaling must be positive");
            }
        }

        @Override
        public double scale(double frequency, int pair) {
            return frequency / shortFactors.get(pair);
        }

        @Override
        public double magnitude() {
            double factor = (double) maxPositions / originalMaxPositions;
            return Math.sqrt(1 + Math.log(factor) / Math.log(originalMaxPositions));
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 1 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("The factor of rope_scaling must be at least 1: " + factor);
        }
    }
}
