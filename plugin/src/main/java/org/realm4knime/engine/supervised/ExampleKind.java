package org.realm4knime.engine.supervised;

/** What a training example made of routes teaches. */
public enum ExampleKind {
    /** Shown routes, a verdict on each and then a solution: multi-route process verification (MRPV). */
    VERDICTS_AND_SOLUTION,
    /** Shown routes, the solution at once: synthesis of an answer out of chains of thought. */
    SOLUTION_FROM_ROUTES,
    /** Shown the question alone, a route: supervised training on routes, or rejection fine-tuning. */
    ROUTE_ALONE
}
