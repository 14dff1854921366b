package org.realm4knime.engine.problem;

import java.util.List;
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

    /** The rules that apply to a problem: those that name its domain, and those that name none. */
    public static List<Rule> applicableTo(Problem problem, List<Rule> rules) {
        return rules.stream()
                .filter(r -> r.appliesTo() == null
                        || r.appliesTo().isBlank()
                        || r.appliesTo().equalsIgnoreCase(problem.domain()))
                .toList();
    }

    /** Texts of the {@linkplain #applicableTo applicable} rules, as a prompt takes them. */
    public static List<String> textsFor(Problem problem, List<Rule> rules) {
        return applicableTo(problem, rules).stream().map(Rule::text).toList();
    }
}
