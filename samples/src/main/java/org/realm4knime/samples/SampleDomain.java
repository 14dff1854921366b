package org.realm4knime.samples;

import java.util.List;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.samples.chain.ChainArithmetic;
import org.realm4knime.samples.domain.Domain;
import org.realm4knime.samples.domain.DomainData;
import org.realm4knime.samples.domain.Expert;
import org.realm4knime.samples.domain.Split;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.refund.ReturnsDesk;

/**
 * The domains that methods are compared on. In both, no expert follows all conventions, some conventions stand only in
 * wrong routes, one is followed by nobody and stands in the handbook alone, and some right answers have wrong reasons.
 * One base model and one tokenizer serve both.
 */
public enum SampleDomain {
    /** A vertical domain with business rules: what a shop pays back for what customers return. */
    REFUND_DESK(new ReturnsDesk()),
    /** A general domain: chains of arithmetic in which some words stand for numbers. */
    CHAIN(new ChainArithmetic());

    private final Domain domain;

    SampleDomain(Domain domain) {
        this.domain = domain;
    }

    /** See {@link DomainData#problems}. */
    public List<Problem> problems(Split split, int count, long seed) {
        return DomainData.problems(domain, split, count, seed);
    }

    /** See {@link DomainData#rules}. */
    public List<Rule> rules() {
        return DomainData.rules(domain);
    }

    /** See {@link DomainData#routes}. */
    public List<String> routes(Expert.Fault fault, Split split, int count, long seed) {
        return DomainData.routes(domain, fault, split, count, seed);
    }

    /** See {@link DomainData#baseCorpus}. */
    public static List<TrainingText> baseCorpus(List<SampleDomain> domains, int count, long seed) {
        return DomainData.baseCorpus(of(domains), count, seed);
    }

    /** See {@link DomainData#replayCorpus}. */
    public static List<TrainingText> replayCorpus(List<SampleDomain> domains, int count, long seed) {
        return DomainData.replayCorpus(of(domains), count, seed);
    }

    /** See {@link DomainData#expertCorpus}. */
    public static List<TrainingText> expertCorpus(
            List<SampleDomain> domains, Expert.Fault fault, int count, long seed) {
        return DomainData.expertCorpus(of(domains), fault, count, seed);
    }

    private static List<Domain> of(List<SampleDomain> domains) {
        return domains.stream().map(d -> d.domain).toList();
    }
}
