package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.problem.Problem;

/**
 * Finds the answer in a completion and compares it with a reference. {@link AnswerRegion} says which part of the text
 * is the answer; a checker says whether that part, and nothing less than all of it, agrees.
 *
 * <p>The text of a checker names its kind and all its settings.
 */
public sealed interface AnswerChecker
        permits NumberChecker, ChoiceChecker, TextChecker, LabelChecker, CollectionChecker, RegexChecker {

    /**
     * Whether two answers are the same.
     *
     * @param candidate the answer to judge, as {@link #extract(String)} gave it; {@code null} agrees with nothing
     * @param reference the reference answer
     * @return whether the candidate agrees with the reference
     */
    boolean matches(String candidate, String reference);

    /**
     * Reads the answer in the part of a text that states it.
     *
     * @param region the part
     * @return the answer as written, be it of the kind asked for or not; empty if there is none
     */
    Optional<String> read(AnswerRegion region);

    /**
     * Finds the final answer in a text that came to its end.
     *
     * @param completion the whole text
     * @return the answer as written, or empty if there is none
     */
    default Optional<String> extract(String completion) {
        return extract(completion, false);
    }

    /**
     * Finds the final answer in a text.
     *
     * @param completion the whole text
     * @param truncated whether it met the token limit: then it has no answer unless it ended the answer's mark
     * @return the answer as written, or empty if there is none
     */
    default Optional<String> extract(String completion, boolean truncated) {
        return AnswerRegion.of(completion, truncated).flatMap(this::read);
    }

    /**
     * Finds the final answer in a text that came to its end, and keeps it only if it is right.
     *
     * @param completion the whole text
     * @param reference the reference answer
     * @return the answer as written, or empty if there is none or it is wrong
     */
    default Optional<String> extractRight(String completion, String reference) {
        return extractRight(completion, false, reference);
    }

    /**
     * Finds the final answer in a text and keeps it only if it is right.
     *
     * @param completion the whole text
     * @param truncated whether it met the token limit
     * @param reference the reference answer
     * @return the answer as written, or empty if there is none or it is wrong
     */
    default Optional<String> extractRight(String completion, boolean truncated, String reference) {
        return extract(completion, truncated).filter(answer -> matches(answer, reference));
    }

    /**
     * The labels that an answer may be.
     *
     * @return the labels; empty if answers are not labels
     */
    default List<String> labels() {
        return List.of();
    }

    /**
     * Whether an answer is one of a few, so that a guess is often right and a right answer says little about the
     * reasons for it.
     */
    default boolean guessable() {
        return false;
    }

    /**
     * The problems as a model is asked them: where answers are labels, each question names them.
     *
     * @param problems the problems
     * @return the same, in the same order
     */
    default List<Problem> asked(List<Problem> problems) {
        return labels().isEmpty()
                ? problems
                : problems.stream()
                        .map(problem -> problem.withQuestion(ask(problem.question())))
                        .toList();
    }

    /**
     * The question as a model is asked it: where the answer is a label, the labels are named to it.
     *
     * @param question the problem's question
     * @return the question, with a sentence that names the labels unless it names them all
     */
    default String ask(String question) {
        boolean named = labels().stream().allMatch(label -> LabelChecker.names(question, label));
        return named
                ? question
                : question.stripTrailing() + "\nAnswer with one of: " + String.join(", ", labels()) + ".";
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
            case TEXT -> new TextChecker(false, false);
            case LABEL -> new LabelChecker(List.of());
            case SET, LIST ->
                new CollectionChecker(type == AnswerType.LIST, new NumberChecker(AnswerType.NUMBER, tolerance, mark));
            case REGEX -> new RegexChecker();
        };
    }

    /**
     * The checker for answers that are labels.
     *
     * @param labels the labels, at least one
     * @return the checker
     */
    static AnswerChecker ofLabels(List<String> labels) {
        return new LabelChecker(LabelChecker.of(labels));
    }

    /**
     * The checker for problems with these reference answers.
     *
     * @param type the type
     * @param tolerance by how much numbers may differ, as a share of the larger of 1 and the reference; 0 for exact
     * @param references the reference answers: they are the labels of answers that are labels, and show whether a comma
     *     is the decimal mark of numbers, and whether case and zeros count in texts
     * @return the checker
     */
    static AnswerChecker of(AnswerType type, double tolerance, List<String> references) {
        return switch (type) {
            case LABEL -> new LabelChecker(LabelChecker.of(references));
            case TEXT -> TextChecker.of(references);
            case SET, LIST -> of(type, tolerance); // there a comma stands between values
            default -> of(type, tolerance, DecimalMark.of(references));
        };
    }
}
