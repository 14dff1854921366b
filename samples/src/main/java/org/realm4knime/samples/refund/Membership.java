package org.realm4knime.samples.refund;

/** Kind of customer at the refund desk. */
enum Membership {
    REGULAR("regular"),
    SILVER("silver"),
    GOLD("gold");

    private final String word;

    Membership(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
