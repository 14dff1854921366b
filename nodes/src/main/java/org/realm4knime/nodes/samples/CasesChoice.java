package org.realm4knime.nodes.samples;

import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.samples.domain.Split;
import org.realm4knime.samples.refund.RefundDesk;

/** Parts of a made-up domain's cases. No case is in two of them. The names are file format. */
public enum CasesChoice {
    @Label(value = "Train", description = "Cases for training.")
    TRAIN(RefundDesk.Split.TRAIN, Split.TRAIN),
    @Label(
            value = "Validation",
            description = "Cases of the same kind to choose settings by; not of the quickstart's domain.")
    VALIDATION(null, Split.VALIDATION),
    @Label(value = "Test", description = "Cases of the same kind that are not among the training cases.")
    TEST(RefundDesk.Split.TEST, Split.TEST),
    @Label(
            value = "Harder",
            description = "Cases unlike those of training: products it does not have, two items in one return, longer"
                    + " chains.")
    HARDER(RefundDesk.Split.HARDER, Split.HARDER),
    @Label(
            value = "Harder, for validation",
            description = "Cases as harder ones, to choose settings by; not of the quickstart's domain.")
    HARDER_VALIDATION(null, Split.HARDER_VALIDATION);

    /** Null if the quickstart's domain lacks it. */
    final RefundDesk.Split quickstart;

    final Split others;

    CasesChoice(RefundDesk.Split quickstart, Split others) {
        this.quickstart = quickstart;
        this.others = others;
    }
}
