package org.realm4knime.engine.arithmetic;

import java.util.Objects;

/**
 * An arithmetic statement of a step, recomputed exactly.
 *
 * @param text the statement as written, such as {@code 12 * 3 = 38}
 * @param expression what is computed, such as {@code 12 * 3}
 * @param stated the result as written, such as {@code 38}
 * @param exact the exact result, as a decimal; "about" a rounded one where it has too many digits
 * @param valid whether the stated result is right, within the rounding its digits show
 */
public record Claim(String text, String expression, String stated, String exact, boolean valid) {

    /** Checks the values. */
    public Claim {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(stated, "stated");
        Objects.requireNonNull(exact, "exact");
    }

    /**
     * The claim judged in words: {@code 12 * 3 is 36, not 38}.
     *
     * @return the right result, and for an invalid claim the stated one
     */
    public String reason() {
        return expression + " is " + exact + (valid ? "" : ", not " + stated);
    }
}
