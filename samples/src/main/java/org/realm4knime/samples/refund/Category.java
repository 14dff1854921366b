package org.realm4knime.samples.refund;

/** Product category, on which the fee of a return depends. */
enum Category {
    ELECTRONICS("electronics"),
    HOME("home"),
    CLOTHING("clothing");

    private final String word;

    Category(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
