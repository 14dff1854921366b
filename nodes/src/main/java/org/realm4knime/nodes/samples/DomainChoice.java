package org.realm4knime.nodes.samples;

import java.util.List;
import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.samples.SampleDomain;

/** Made-up domains as a user chooses among them. The names are file format. */
public enum DomainChoice {
    @Label(value = "Quickstart", description = "The refund desk of the quickstart, where one rule settles a case.")
    QUICKSTART,
    @Label(
            value = "Refund desk",
            description = "A harder refund desk: most cases take two rules, and no expert knows them all.")
    REFUND_DESK(SampleDomain.REFUND_DESK),
    @Label(
            value = "Chain arithmetic",
            description = "Sums in several steps, in words that stand for numbers, not all of them written down.")
    CHAIN(SampleDomain.CHAIN),
    @Label(value = "Refund desk and chain arithmetic", description = "Both, half of the rows each.")
    BOTH(SampleDomain.REFUND_DESK, SampleDomain.CHAIN);

    /** None for the quickstart's, which is of a kind of its own. */
    final List<SampleDomain> domains;

    DomainChoice(SampleDomain... domains) {
        this.domains = List.of(domains);
    }
}
