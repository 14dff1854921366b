package org.realm4knime.engine.update;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random numbers that depend on the seed and on what they are for, and on nothing drawn before. A training that goes on
 * from a checkpoint therefore draws what an uninterrupted one draws: the number of the step is all the random state.
 */
public final class RandomStreams {

    private RandomStreams() {}

    /**
     * What a stream is for: one list for all trainings, so that no two share one. Its order is part of what a seed
     * gives.
     */
    public enum Purpose {
        ORDER,
        REPLAY_ORDER,
        GUIDANCE,
        SAMPLING,
        DROPOUT,
        OFF_POLICY,
        CONTRAST,
        MINI_BATCH,
        INTERNALISATION,
        HELD_OUT,
        ANCHOR,
        WATCH,
        FORM
    }

    public static long seed(long seed, Purpose purpose, long... keys) {
        long mixed = mix(seed, purpose.ordinal());
        for (long key : keys) {
            mixed = mix(mixed, key);
        }
        return mixed;
    }

    public static RandomGenerator of(long seed, Purpose purpose, long... keys) {
        return new SplittableRandom(seed(seed, purpose, keys));
    }

    private static long mix(long seed, long key) {
        return new SplittableRandom(seed + key * 0x9E3779B97F4A7C15L).nextLong();
    }
}
