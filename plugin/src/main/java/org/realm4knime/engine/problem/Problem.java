package org.realm4knime.engine.problem;

import java.util.Objects;

/**
 * A question with its reference answer.
 *
 * @param id unique within a data set
 * @param question what the model is asked, as it stands in the prompt
 * @param answer the reference answer; empty if none is known
 * @param rationale a chain of thought that leads to the answer, or {@code null}
 * @param domain what part of the data the problem belongs to, such as a subject or a split, or {@code null}
 */
public record Problem(String id, String question, String answer, String rationale, String domain) {

    /** Checks the values. */
    public Problem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(answer, "answer");
    }

    /**
     * This problem with another question.
     *
     * @param newQuestion what the model is asked instead
     * @return a copy that differs in the question only
     */
    public Problem withQuestion(String newQuestion) {
        return new Problem(id, newQuestion, answer, rationale, domain);
    }

    /**
     * Whether a reference answer is known, so that routes are judged against it rather than against each other.
     *
     * @return true unless the answer is blank
     */
    public boolean hasAnswer() {
        return !answer.isBlank();
    }
}
