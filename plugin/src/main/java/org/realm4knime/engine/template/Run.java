package org.realm4knime.engine.template;

/**
 * What one rendering may spend. A chat template comes with a downloaded model, so it must end and stay small whatever
 * it says; real templates need a small part of these limits.
 */
final class Run {

    /** Steps: an expression or a turn of a loop is one, and so are 64 characters or entries of a value that is made. */
    static final long MAX_STEPS = 1_000_000;
    /** Characters of a text, entries of a list, or characters of the output. */
    static final long MAX_SIZE = 8L << 20;
    /** Expressions and statements inside each other, those of macros that call macros included. */
    static final int MAX_DEPTH = 600;

    private static final int SIZE_OF_STEP = 64;
    private static final int CHARACTERS_OF_SEARCH = 4096;

    private long steps;
    private int depth;
    private int line;

    /** Counts a step. */
    void step() {
        spend(1);
    }

    /** Counts a value before it is made. */
    void size(long size) {
        within(size);
        spend(1 + size / SIZE_OF_STEP);
    }

    /** Refuses a size that no value and no output may have. */
    void within(long size) {
        if (size > MAX_SIZE) {
            throw new TemplateError(
                    "a text or list would have %d characters or entries, more than the %d that are allowed"
                            .formatted(size, MAX_SIZE));
        }
    }

    /** Counts a search of one text in another, or of its characters. */
    void search(long size, long wanted) {
        spend(1 + size * wanted / CHARACTERS_OF_SEARCH);
    }

    /** Goes one level deeper. */
    void enter() {
        step();
        if (++depth > MAX_DEPTH) {
            throw new TemplateError("more than " + MAX_DEPTH + " levels are nested or call each other");
        }
    }

    /** Comes back from a level. */
    void leave() {
        depth--;
    }

    /** The line that is being rendered, for messages. */
    int line() {
        return line;
    }

    void at(int newLine) {
        line = newLine;
    }

    private void spend(long count) {
        steps += count;
        if (steps > MAX_STEPS) {
            throw new TemplateError("the template does not end: it was stopped after " + MAX_STEPS + " steps");
        }
    }
}
