package org.realm4knime.engine.distill;

import java.util.List;

/**
 * An accepted rationale, of the teacher or a right external route.
 *
 * @param problemId the problem it answers
 * @param prompt the prompt the student is trained on: the question without the rules
 * @param text the reasoning
 * @param answer the answer it reaches
 * @param citedRules ids of the rules it cites, see {@link RuleCitation}
 * @param source who wrote it: {@code teacher}, or the source of the route
 * @param hinted whether its writer had been told the answer
 */
public record Rationale(
        String problemId,
        String prompt,
        String text,
        String answer,
        List<String> citedRules,
        String source,
        boolean hinted) {

    /** Source of a rationale that is no external route. */
    static final String TEACHER = "teacher";

    /** Whether the teacher wrote it, rather than an external route. */
    public boolean isOfTeacher() {
        return source.equals(TEACHER);
    }
}
