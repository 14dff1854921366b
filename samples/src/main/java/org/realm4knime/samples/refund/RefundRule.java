package org.realm4knime.samples.refund;

/**
 * The rules of a {@link RefundPolicy} as sentences. Only some stand in the desk's handbook ({@link #written()}); the
 * others have to be found out from how cases were settled.
 */
enum RefundRule {
    RETURN_DAYS(true),
    SILVER_DAYS(false),
    BROKEN_EXTRA(false),
    USED_PRICE(true),
    GOLD_FEE(true),
    ELECTRONICS_FEE(false),
    HOME_FEE(true),
    CLOTHING_FEE(true);

    private final boolean written;

    RefundRule(boolean written) {
        this.written = written;
    }

    boolean written() {
        return written;
    }

    String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String sentence(RefundPolicy policy) {
        return switch (this) {
            case RETURN_DAYS -> "Returns end after " + policy.returnDays() + " days.";
            case SILVER_DAYS -> "Silver members have " + policy.silverExtraDays() + " more days.";
            case BROKEN_EXTRA -> "Broken items get " + policy.brokenExtra() + " extra.";
            case USED_PRICE -> "Used items get " + (policy.usedHalf() ? "half" : "all") + " the price.";
            case GOLD_FEE -> "Gold members pay " + (policy.goldFree() ? "no" : "the") + " fee.";
            case ELECTRONICS_FEE -> "The fee for electronics is " + policy.electronicsFee() + "%.";
            case HOME_FEE -> "The fee for home goods is " + policy.homeFee() + "%.";
            case CLOTHING_FEE -> "The fee for clothing is " + policy.clothingFee() + "%.";
        };
    }
}
