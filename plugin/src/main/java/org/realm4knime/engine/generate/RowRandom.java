package org.realm4knime.engine.generate;

import java.util.SplittableRandom;

/**
 * The random numbers of one completion. Each completion has its own sequence, determined by the seed, its prompt and
 * its number among the prompt's samples, so that what else is in a batch changes nothing.
 *
 * <p>A prompt has a seed of its own, and its samples count up from it, as those of a request do at vLLM. So a server
 * that is given the prompt's seed draws what this process would draw.
 */
public final class RowRandom {

    private final SplittableRandom random;

    RowRandom(long seed, int prompt, int sample) {
        this(promptSeed(seed, prompt) + sample);
    }

    /** @param seed of the prompt, plus the number of the sample */
    RowRandom(long seed) {
        random = new SplittableRandom(scramble(seed));
    }

    /**
     * The seed of a prompt.
     *
     * @param seed of all prompts
     * @param prompt index of the prompt among them
     */
    public static long promptSeed(long seed, int prompt) {
        return scramble(scramble(seed) + prompt);
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
