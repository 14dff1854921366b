package org.realm4knime.engine.distill;

import org.realm4knime.engine.problem.Problem;

/**
 * A problem made of one that the student missed.
 *
 * @param problem the new problem; its answer is that of the teachers' majority, its rationale one of their routes to it
 * @param missedId the problem that the student missed
 * @param agreement share of the teachers' routes that reach the answer, in (0, 1]
 */
public record InstructedProblem(Problem problem, String missedId, double agreement) {}
