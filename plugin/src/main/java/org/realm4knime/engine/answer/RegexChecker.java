package org.realm4knime.engine.answer;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.realm4knime.engine.EngineException;

/**
 * Answers that must match a regular expression as a whole, upper and lower case alike. Expressions may come from
 * somebody else's data, so they are RE2's: a match takes time in proportion to the answer's length, whatever the
 * expression. There are no back references and no looking around. The work of a match is limited by the expression's
 * size and the answer's length, not by a clock, so that the outcome is the same on every machine; an answer that is too
 * long to be decided within it does not match.
 */
record RegexChecker() implements AnswerChecker {

    /** Size of an expression with all its repetitions written out, at most. */
    static final int LARGEST = 5_000;
    /** Product of the expression's size and the answer's length, at most: about a second of matching. */
    static final long MOST_WORK = 50_000_000;

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        String expression = reference.strip();
        String answer = candidate.strip().toLowerCase(Locale.ROOT);
        long size = RegexSize.of(expression);
        if (size > LARGEST) {
            throw unusable(reference, "it repeats too much", null);
        }
        try {
            Pattern pattern = Pattern.compile(LowerCaseRegex.of(expression));
            return size * answer.length() <= MOST_WORK && pattern.matches(answer);
        } catch (PatternSyntaxException e) {
            throw unusable(reference, e.getDescription(), e);
        } catch (IllegalArgumentException e) {
            throw unusable(reference, e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw unusable(reference, "too much is nested in it", e);
        }
    }

    private static EngineException unusable(String reference, String why, Throwable cause) {
        return new EngineException(
                "The reference answer \"%s\" is not a regular expression that can be used: %s. Correct it, or choose"
                                .formatted(reference, why)
                        + " another type of answer. Expressions are those of RE2, without back references and looking"
                        + " around.",
                cause);
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        return new TextChecker(false, false).read(region);
    }
}
