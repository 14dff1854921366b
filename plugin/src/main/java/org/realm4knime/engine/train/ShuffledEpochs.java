package org.realm4knime.engine.train;

import java.util.random.RandomGenerator;
import org.realm4knime.engine.update.RandomStreams;

/**
 * An endless order of items: every epoch visits each item once, in an order of its own. The item at a position depends
 * on the seed only, so that a resumed training sees the same order.
 */
public final class ShuffledEpochs {

    private final int size;
    private final long seed;
    private final RandomStreams.Purpose purpose;
    private long epoch = -1;
    private int[] order;

    /**
     * Creates an order.
     *
     * @param size number of items, at least 1
     * @param seed seed of the training
     * @param purpose what is being ordered
     */
    public ShuffledEpochs(int size, long seed, RandomStreams.Purpose purpose) {
        this.size = size;
        this.seed = seed;
        this.purpose = purpose;
    }

    /**
     * Item at a position.
     *
     * @param position position in the endless order, from 0
     * @return index of the item, in [0, size)
     */
    public int at(long position) {
        if (position / size != epoch) {
            epoch = position / size;
            order = permutation(RandomStreams.of(seed, purpose, epoch));
        }
        return order[(int) (position % size)];
    }

    private int[] permutation(RandomGenerator random) {
        int[] items = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            items[i] = items[j];
            items[j] = i;
        }
        return items;
    }
}
