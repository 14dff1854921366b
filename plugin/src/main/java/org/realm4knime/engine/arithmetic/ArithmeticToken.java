package org.realm4knime.engine.arithmetic;

import org.realm4knime.engine.answer.Numeral;

/**
 * A piece of a step, as arithmetic sees it.
 *
 * @param kind what it is
 * @param numeral the number, of {@link Kind#NUMBER} only, else {@code null}
 * @param start index of its first character
 * @param end index after its last character
 */
record ArithmeticToken(Kind kind, Numeral numeral, int start, int end) {

    enum Kind {
        NUMBER,
        PLUS,
        MINUS,
        TIMES,
        OVER,
        POWER,
        OF,
        OPEN,
        CLOSE,
        PERCENT,
        EQUALS,
        /** An equals sign that promises no exact result. */
        APPROXIMATELY,
        /** A word that may be the unit of a number or anything else without effect on it. */
        WORD,
        /** A word that changes the value of what follows or comes before: twice, more, off. */
        MODIFIER,
        /** A letter that stands for a number, or a word of magnitude. */
        UNKNOWN,
        /** The word, which joins a whole number and a fraction. */
        AND,
        /** Anything that parts one statement from another. */
        PUNCTUATION
    }

    boolean operator() {
        return switch (kind) {
            case PLUS, MINUS, TIMES, OVER, POWER, OF -> true;
            default -> false;
        };
    }

    boolean relation() {
        return kind == Kind.EQUALS || kind == Kind.APPROXIMATELY;
    }
}
