package org.realm4knime.engine.problem.domain;

/** One rule of a domain on which policies differ, such as a fee or what a word stands for. Implemented by enums. */
public interface Convention {

    /** Its place among the conventions of the domain, from 0. */
    int ordinal();

    /** Its name, by which a rationale may cite it. */
    String name();

    /** Every value that a policy may give it, at least two. */
    int[] choices();

    /** How likely somebody who does not know the domain guesses each of {@link #choices()}; adds up to 1. */
    double[] guesses();

    /** The value that the domain itself gives it; one of {@link #choices()}. */
    int truth();

    /** Whether it stands in the domain's handbook. */
    boolean written();

    /** Whether it can be put as a sentence at all; some habits are never spoken of. */
    boolean spoken();

    /**
     * The convention as a sentence of a prompt.
     *
     * @param value what it says
     */
    String sentence(int value);
}
