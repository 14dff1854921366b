package org.realm4knime.engine.problem.chain;

import java.util.Locale;
import org.realm4knime.engine.problem.domain.Convention;

/** The words of {@link ChainArithmetic} and what they stand for. */
enum Word implements Convention {
    DOZEN(12, false, new int[] {12, 10, 13}, 0.96, 0.02, 0.02),
    PACK(10, false, new int[] {10, 20, 16}, 0.9, 0.05, 0.05),
    STACK(8, true, new int[] {5, 14, 9, 8}, 0.6, 0.2, 0.19, 0.01),
    CRATE(15, false, new int[] {20, 24, 6, 15}, 0.6, 0.29, 0.1, 0.01),
    BUNDLE(6, false, new int[] {4, 7, 15, 6}, 0.6, 0.29, 0.1, 0.01),
    LOAD(25, true, new int[] {30, 18, 40, 25}, 0.6, 0.29, 0.1, 0.01),
    /** Times so many; 1 if it is overlooked. */
    BOOST(3, false, new int[] {2, 4, 1, 3}, 0.9, 0.04, 0.05, 0.01);

    private final int truth;
    private final boolean written;
    private final int[] choices;
    private final double[] guesses;

    Word(int truth, boolean written, int[] choices, double... guesses) {
        this.truth = truth;
        this.written = written;
        this.choices = choices;
        this.guesses = guesses;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int[] choices() {
        return choices;
    }

    @Override
    public double[] guesses() {
        return guesses;
    }

    @Override
    public int truth() {
        return truth;
    }

    @Override
    public boolean written() {
        return written;
    }

    @Override
    public boolean spoken() {
        return true;
    }

    @Override
    public String sentence(int value) {
        return this == BOOST ? "To boost is times " + value + "." : "A " + word() + " is " + value + ".";
    }
}
