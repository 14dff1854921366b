package org.realm4knime.nodes.table;

import org.realm4knime.engine.distill.InstructedProblem;

/**
 * New problems as a table: the columns of problems, then the missed problem that each is made of, and the agreement.
 */
public final class InstructedProblemTable {

    /** How new problems are written. */
    public static final TableSchema<InstructedProblem> SCHEMA = TableSchema.<InstructedProblem>builder()
            .text(ProblemTable.ID, made -> made.problem().id())
            .text(ProblemTable.QUESTION, made -> made.problem().question())
            .text(ProblemTable.ANSWER, made -> made.problem().answer())
            .text(ProblemTable.RATIONALE, made -> made.problem().rationale())
            .text(ProblemTable.DOMAIN, made -> made.problem().domain())
            .text("missed problem", InstructedProblem::missedId)
            .number("agreement", InstructedProblem::agreement)
            .build();

    private InstructedProblemTable() {}
}
