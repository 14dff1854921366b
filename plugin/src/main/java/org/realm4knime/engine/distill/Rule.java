package org.realm4knime.engine.distill;

import java.util.Objects;

/**
 * One rule of a domain, as an expert writes it.
 *
 * @param id the name by which a rationale cites the rule
 * @param text the rule itself, as it stands in a prompt
 * @param appliesTo the domain of the problems it applies to, or {@code null} for all
 */
public record Rule(String id, String text, String appliesTo) {

    /** Checks the values. */
    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
    }
}
