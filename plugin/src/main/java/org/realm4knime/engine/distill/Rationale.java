package org.realm4knime.engine.distill;

import java.util.List;

/**
 * An accepted rationale of the teacher.
 *
 * @param problemId the problem it answers
 * @param prompt the prompt the student is trained on: the question without the rules
 * @param text the teacher's reasoning
 * @param answer the answer it reaches
 * @param citedRules ids of the rules it cites, see {@link RuleCitation}
 * @param hinted whether the teacher had been told the answer
 */
public record Rationale(
        String problemId, String prompt, String text, String answer, List<String> citedRules, boolean hinted) {}
