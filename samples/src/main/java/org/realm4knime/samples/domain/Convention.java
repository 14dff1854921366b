package org.realm4knime.samples.domain;

import java.util.List;

/** One rule of a domain on which policies differ, such as a fee or what a word stands for. Implemented by enums. */
public interface Convention {

    /** Its place among the conventions of the domain, from 0. */
    int ordinal();

    /** Its name, by which a rationale may cite it. */
    String name();

    /** What its values are. */
    Facts facts();

    /**
     * What there is to know of a convention.
     *
     * @param truth the value that the domain itself gives it; one of the choices
     * @param written whether it stands in the domain's handbook
     * @param choices every value that a policy may give it, at least two
     * @param guesses how likely somebody who does not know the domain guesses each of the choices; adds up to 1
     */
    record Facts(int truth, boolean written, List<Integer> choices, double... guesses) {}

    /** The value that the domain itself gives it. */
    default int truth() {
        return facts().truth();
    }

    /** Whether it stands in the domain's handbook. */
    default boolean written() {
        return facts().written();
    }

    /** Whether it can be put as a sentence at all; some habits are never spoken of. */
    boolean spoken();

    /**
     * The convention as a sentence of a prompt.
     *
     * @param value what it says
     */
    String sentence(int value);
}
