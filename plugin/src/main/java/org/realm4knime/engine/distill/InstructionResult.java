package org.realm4knime.engine.distill;

import java.util.List;
import org.realm4knime.engine.route.Route;

/**
 * What {@link ProblemInstructor} made.
 *
 * @param problems new problems on whose answer the teachers agree
 * @param routes everything the teachers wrote, also on problems that were dropped
 * @param withoutTemplate missed problems of which no variation could be made: no other question has their shape
 * @param disputed new problems that were dropped, as the teachers did not agree
 */
public record InstructionResult(
        List<InstructedProblem> problems, List<Route> routes, int withoutTemplate, int disputed) {

    /** Copies the lists. */
    public InstructionResult {
        problems = List.copyOf(problems);
        routes = List.copyOf(routes);
    }
}
