package org.realm4knime.engine.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers that name one of several choices by its letter or number. */
record ChoiceChecker() implements AnswerChecker {

    private static final String LEAD =
            "^\\W*(?:(?:the\\s+)?(?:correct\\s+)?(?:option|choice|answer)\\s*(?:is\\s*)?:?\\s*)?\\(?";

    /** A and I may be words: they count alone, before a punctuation mark, or before a reason. */
    private static final Pattern LABEL = Pattern.compile(LEAD
            + "(?:([B-HJ-Z])(?![\\p{L}'])|([AI])(?=\\s+(?:because|since|as|for|with)\\b|\\s*,)"
            + "|([A-Za-z])(?=[).:])|([A-Za-z])(?=\\W*$)|(\\d{1,2})(?=[).:]|\\W*$))");

    /** Where nothing is marked: a letter in brackets, a named option, a letter that is no word by itself. */
    private static final Pattern ANYWHERE =
            Pattern.compile("\\(([A-Za-z])\\)|\\b(?:[Oo]ption|[Cc]hoice)\\s+\\(?([A-Z])\\b"
                    + "|(?<![\\p{L}\\d'.])([B-HJ-Z]|[AI](?=[).:]|\\W*$))(?![\\p{L}\\d'])");

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        Optional<String> given = label(candidate);
        Optional<String> right = label(reference);
        return given.isPresent() && right.isPresent()
                ? given.equals(right)
                : NormalizedText.of(candidate).equals(NormalizedText.of(reference));
    }

    @Override
    public Optional<String> extract(String completion) {
        String text = AnswerText.withoutEmphasis(completion);
        Optional<String> marked = AnswerText.marked(text).stream()
                .map(MathText::plain)
                .flatMap(region -> Stream.concat(label(region).stream(), lastIn(region).stream()))
                .findFirst();
        return marked.or(() -> AnswerText.lastLine(text).flatMap(ChoiceChecker::label))
                .or(() -> lastIn(text));
    }

    private static Optional<String> label(String text) {
        Matcher matcher = LABEL.matcher(text.strip());
        return matcher.find() ? firstGroup(matcher) : Optional.empty();
    }

    private static Optional<String> lastIn(String text) {
        Matcher matcher = ANYWHERE.matcher(text);
        Optional<String> found = Optional.empty();
        while (matcher.find()) {
            found = firstGroup(matcher);
        }
        return found;
    }

    private static Optional<String> firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group).toUpperCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }
}
