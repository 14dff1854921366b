package org.realm4knime.engine.problem;

import java.util.Optional;

/**
 * Finds the answer in a completion and compares it with a reference.
 *
 * <p>The answer is looked for in this order: the last {@code \boxed{}}; after the last {@code ####}; after the last "the
 * answer is", "final answer:" or "answer:"; after the last equals sign; and at last what the type allows: the last number,
 * the last letter of a choice, the last line.
 *
 * <p>The text of a checker names its kind and all its settings.
 */
public sealed interface AnswerChecker
        permits NumberChecker, ChoiceChecker, TextChecker, CollectionChecker, RegexChecker {

    /**
     * Whether two answers are the same.
     *
     * @param candidate the answer to judge, as {@link #extract(String)} gave it; {@code null} agrees with nothing
     * @param reference the reference answer
     * @return whether the candidate agrees with the reference
     */
    boolean matches(String candidate, String reference);

    /**
     * Finds the final answer in a chain of thought.
     *
     * @param completion the whole text
     * @return the answer as written, or empty if there is none
     */
    Optional<String> extract(String completion);

    /**
     * Finds the final answer in a chain of thought and keeps it only if it is right.
     *
     * @param completion the whole text
     * @param reference the reference answer
     * @return the answer as written, or empty if there is none or it is wrong
     */
    default Optional<String> extractRight(String completion, String reference) {
        return extract(completion).filter(answer -> matches(answer, reference));
    }

    /**
     * The checker for a type of answers, with comma and point in numbers read by their form.
     *
     * @param type the type
     * @param tolerance by how much numbers may differ, as a share of the larger of 1 and the reference; 0 for exact
     * @return the checker
     */
    static AnswerChecker of(AnswerType type, double tolerance) {
        return of(type, tolerance, DecimalMark.GUESSED);
    }

    /**
     * The checker for a type of answers.
     *
     * @param type the type
     * @param tolerance by how much numbers may differ, as a share of the larger of 1 and the reference; 0 for exact
     * @param mark how comma and point in numbers are read
     * @return the checker
     */
    static AnswerChecker of(AnswerType type, double tolerance, DecimalMark mark) {
        return switch (type) {
            case NUMBER, QUANTITY, FRACTION, PERCENTAGE -> new NumberChecker(type, tolerance, mark);
            case MULTIPLE_CHOICE -> new ChoiceChecker();
            case TEXT -> new TextChecker();
            case SET, LIST ->
                new CollectionChecker(type == AnswerType.LIST, new NumberChecker(AnswerType.NUMBER, tolerance, mark));
            case REGEX -> new RegexChecker();
        };
    }
}
