package org.realm4knime.engine.answer;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.realm4knime.engine.EngineException;

/**
 * Answers that must match a regular expression as a whole, upper and lower case alike. The work a match may take is
 * limited by the number of characters it looks at, not by a clock, so that the outcome is the same on every machine; an
 * answer that the expression cannot decide within it does not match.
 */
record RegexChecker() implements AnswerChecker {

    /** About a tenth of a second of matching. */
    static final int MAX_CHARACTERS_READ = 5_000_000;

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        try {
            return Pattern.compile(reference.strip(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(new Metered(candidate.strip(), new int[] {MAX_CHARACTERS_READ}))
                    .matches();
        } catch (PatternSyntaxException e) {
            throw new EngineException(
                    "The reference answer \"" + reference + "\" is not a regular expression: " + e.getDescription()
                            + ". Correct it, or choose another type of answer.",
                    e);
        } catch (BudgetSpentException | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        return new TextChecker().read(region);
    }

    private static final class BudgetSpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BudgetSpentException() {
            super("too many steps", null, false, false);
        }
    }

    private record Metered(CharSequence text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0) {
                throw new BudgetSpentException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Metered(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
