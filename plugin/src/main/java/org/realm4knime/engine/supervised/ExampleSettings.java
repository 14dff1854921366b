package org.realm4knime.engine.supervised;

import java.util.Objects;
import org.realm4knime.engine.Settings;

/**
 * Which examples {@link VerificationExamples} makes of verified routes.
 *
 * @param kind what they teach
 * @param alone whether to teach the solutions as answers to the question alone besides, so that the model also learns
 *     to do without routes; of {@link ExampleKind#ROUTE_ALONE} it changes nothing
 * @param solutions which routes are solutions
 * @param routesShown the most routes a prompt shows, at least 1; right and wrong ones are mixed where both exist
 * @param perProblem the most examples of each problem, at least 0: with other routes, order and solution, and each a
 *     different route where routes stand alone
 * @param seed the same seed gives the same examples
 */
public record ExampleSettings(
        ExampleKind kind, boolean alone, SolutionChoice solutions, int routesShown, int perProblem, long seed) {

    /** Checks the values. */
    public ExampleSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(solutions, "solutions");
        Settings.requireAtLeast(1, routesShown, "Routes per example");
        Settings.requireAtLeast(0, perProblem, "Examples per problem");
    }
}
