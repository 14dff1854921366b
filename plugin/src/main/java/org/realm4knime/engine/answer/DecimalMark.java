package org.realm4knime.engine.answer;

/** How a comma and a point in a number are read. */
public enum DecimalMark {
    /**
     * By the form of the number. {@code 1,234.5} and {@code 1.234,5} leave no doubt; a single comma before exactly
     * three digits groups them ({@code 1,234}), before any other number of digits it is a decimal comma ({@code 12,5});
     * a single point is a decimal point.
     */
    GUESSED,
    /** The point is the decimal mark, the comma groups digits. */
    POINT,
    /** The comma is the decimal mark, the point groups digits. */
    COMMA
}
