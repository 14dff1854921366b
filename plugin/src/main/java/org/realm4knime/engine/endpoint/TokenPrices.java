package org.realm4knime.engine.endpoint;

import java.util.Locale;
import org.realm4knime.engine.Settings;

/**
 * What tokens cost, in a currency of the user's.
 *
 * @param read price of a million tokens of prompts, at least 0
 * @param written price of a million tokens of answers, thoughts included, at least 0
 */
public record TokenPrices(double read, double written) {

    private static final double MILLION = 1e6;

    /** Checks the values. */
    public TokenPrices {
        Settings.requireNotNegative(read, "Price of a million tokens read");
        Settings.requireNotNegative(written, "Price of a million tokens written");
    }

    /** Whether anything costs anything. */
    boolean areGiven() {
        return read > 0 || written > 0;
    }

    /** What so many tokens cost, for a person to read. */
    String cost(long tokensRead, long tokensWritten) {
        double cost = (tokensRead * read + tokensWritten * written) / MILLION;
        return String.format(Locale.ROOT, cost < 1 ? "%.4f" : "%,.2f", cost);
    }
}
