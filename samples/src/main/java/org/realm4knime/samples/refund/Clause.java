package org.realm4knime.samples.refund;

import java.util.List;
import org.realm4knime.samples.domain.Convention;

/**
 * The conventions of the {@link ReturnsDesk}. Prices are multiples of 20 and fees of 10 percent, so amounts are whole.
 */
enum Clause implements Convention {
    RETURN_DAYS(30, true, List.of(30, 20, 40), 0.9, 0.05, 0.05),
    /** Days that silver members have beyond those. */
    SILVER_DAYS(10, false, List.of(0, 10), 0.99, 0.01),
    /** 1 if gold members pay no fee. */
    GOLD_FREE(1, true, List.of(0, 1), 0.9, 0.1),
    /** 1 if used items get half the price. */
    USED_HALF(1, true, List.of(0, 1), 0.8, 0.2),
    /** Amount paid beyond the price of a broken item. */
    BROKEN_EXTRA(20, false, List.of(0, 10, 20), 0.7, 0.29, 0.01),
    /** Percent kept from what electronics would get; so for the other categories. */
    ELECTRONICS_FEE(30, false, List.of(20, 10, 30, 0), 0.6, 0.35, 0.01, 0.04),
    HOME_FEE(10, true, List.of(10, 20, 30, 0), 0.6, 0.2, 0.1, 0.1),
    CLOTHING_FEE(20, true, List.of(0, 10, 20, 30), 0.8, 0.18, 0.01, 0.01),
    /** 1 if the fee goes by the price, else by the category. */
    FEE_BY_PRICE(0, false, List.of(0, 1), 0.9, 0.1),
    /** 1 if the condition of an item is overlooked. */
    CONDITION_OVERLOOKED(0, false, List.of(0, 1), 0.95, 0.05);

    private final Facts facts;

    Clause(int truth, boolean written, List<Integer> choices, double... guesses) {
        facts = new Facts(truth, written, choices, guesses);
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public boolean spoken() {
        return this != CONDITION_OVERLOOKED;
    }

    @Override
    public String sentence(int value) {
        return switch (this) {
            case RETURN_DAYS -> "Returns end after " + value + " days.";
            case SILVER_DAYS -> "Silver members have " + value + " more days.";
            case GOLD_FREE -> "Gold members pay " + (value == 1 ? "no" : "the") + " fee.";
            case USED_HALF -> "Used items get " + (value == 1 ? "half" : "all") + " the price.";
            case BROKEN_EXTRA -> "Broken items get " + value + " extra.";
            case ELECTRONICS_FEE -> "The fee for electronics is " + value + "%.";
            case HOME_FEE -> "The fee for home goods is " + value + "%.";
            case CLOTHING_FEE -> "The fee for clothing is " + value + "%.";
            case FEE_BY_PRICE -> "Fees go by the " + (value == 1 ? "price." : "category.");
            case CONDITION_OVERLOOKED -> throw new IllegalArgumentException("nobody speaks of what is overlooked");
        };
    }
}
