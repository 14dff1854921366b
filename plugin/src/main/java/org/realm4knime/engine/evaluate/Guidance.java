package org.realm4knime.engine.evaluate;

import java.util.List;
import java.util.Map;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;

/**
 * What prompts show beside the question.
 *
 * @param routes external routes by problem id; empty to show none
 * @param rules rules of the domain, each shown with the problems that it applies to; empty to show none
 */
public record Guidance(Map<String, List<Route>> routes, List<Rule> rules) {

    /** The question alone. */
    public static final Guidance NONE = new Guidance(Map.of(), List.of());

    /** External routes and no rules. */
    public static Guidance ofRoutes(Map<String, List<Route>> routes) {
        return new Guidance(routes, List.of());
    }

    /** The same without routes. */
    Guidance withoutRoutes() {
        return new Guidance(Map.of(), rules);
    }
}
