package org.realm4knime.samples.chain;

import java.util.List;
import java.util.Locale;
import org.realm4knime.samples.domain.Convention;

/** The words of {@link ChainArithmetic} and what they stand for. */
enum Word implements Convention {
    DOZEN(12, false, List.of(12, 10, 13), 0.96, 0.02, 0.02),
    PACK(10, false, List.of(10, 20, 16), 0.9, 0.05, 0.05),
    STACK(8, true, List.of(5, 14, 9, 8), 0.6, 0.2, 0.19, 0.01),
    CRATE(15, false, List.of(20, 24, 6, 15), 0.6, 0.29, 0.1, 0.01),
    BUNDLE(6, false, List.of(4, 7, 15, 6), 0.6, 0.29, 0.1, 0.01),
    LOAD(25, true, List.of(30, 18, 40, 25), 0.6, 0.29, 0.1, 0.01),
    /** Times so many; 1 if it is overlooked. */
    BOOST(3, false, List.of(2, 4, 1, 3), 0.9, 0.04, 0.05, 0.01);

    private final Facts facts;

    Word(int truth, boolean written, List<Integer> choices, double... guesses) {
        facts = new Facts(truth, written, choices, guesses);
    }

    @Override
    public Facts facts() {
        return facts;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
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
