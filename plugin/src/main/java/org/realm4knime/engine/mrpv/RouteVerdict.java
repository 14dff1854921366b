package org.realm4knime.engine.mrpv;

/** What the verification of a route came to, in words that a table shows. */
public enum RouteVerdict {
    /** The answer is right and no calculation is wrong. */
    RIGHT("right"),
    /** The answer is right although a calculation is wrong. */
    WRONG_REASON("right answer, wrong reason"),
    /** The answer is wrong, or there is none. */
    WRONG("wrong"),
    /** The source gave no route. */
    FAILED("no route");

    private final String words;

    RouteVerdict(String words) {
        this.words = words;
    }

    /** The verdict for a person to read. */
    public String words() {
        return words;
    }
}
