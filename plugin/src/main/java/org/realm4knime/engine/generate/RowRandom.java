package org.realm4knime.engine.generate;

import java.util.SplittableRandom;

/**
 * The random numbers of one completion. Each completion has its own sequence, determined by the seed, its prompt and
 * its number among the prompt's samples, so that what else is in a batch changes nothing.
 */
final class RowRandom {

    private final SplittableRandom random;

    RowRandom(long seed, int prompt, int sample) {
        random = new SplittableRandom(scramble(scramble(scramble(seed) + prompt) + sample));
    }

    /** Uniform in [0, 1 - 2^-23]: times a float sum it stays below that sum after rounding. */
    float next() {
        return (random.nextInt() >>> 9) * 0x1p-23f;
    }

    /** Spreads neighbouring numbers over all 64 bits; sequences of neighbouring seeds would overlap. */
    private static long scramble(long number) {
        return new SplittableRandom(number).nextLong();
    }
}
