package org.realm4knime.samples.refund;

/** State in which an item comes back. */
enum Condition {
    UNUSED("unused"),
    USED("used"),
    BROKEN("broken");

    private final String word;

    Condition(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
