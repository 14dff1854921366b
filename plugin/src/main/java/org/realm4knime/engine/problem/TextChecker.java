package org.realm4knime.engine.problem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers in words. */
record TextChecker() implements AnswerChecker {

    /** A sentence ends after a word of at least three letters, so that "Dr." and "e.g." do not end it. */
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[\\p{L}\\d)\"']{3})[.!?;](?=\\s|$)");

    /** Quotes and marks around an answer; the look-behind keeps the search for the last ones linear. */
    private static final Pattern WRAPPING =
            Pattern.compile("^[\\s\"'$\u201C\u201D]+|(?<![\\s\"'$\u201C\u201D.!])[\\s\"'$\u201C\u201D.!]+$");

    @Override
    public boolean matches(String candidate, String reference) {
        return candidate != null && NormalizedText.of(candidate).equals(NormalizedText.of(reference));
    }

    @Override
    public Optional<String> extract(String completion) {
        return statement(completion).map(TextChecker::firstSentence);
    }

    /** The text in which the answer stands: what is marked, else what the last line says after an equals sign. */
    static Optional<String> statement(String completion) {
        String text = AnswerText.withoutEmphasis(completion);
        Optional<String> marked =
                AnswerText.marked(text).stream().map(MathText::plain).findFirst();
        return marked.or(() -> AnswerText.lastLine(text).map(MathText::plain).map(line -> AnswerText.afterEquals(line)
                        .filter(tail -> !tail.isBlank())
                        .orElse(line)))
                .map(String::strip)
                .filter(answer -> !answer.isEmpty());
    }

    private static String firstSentence(String text) {
        Matcher end = SENTENCE_END.matcher(text);
        String sentence = end.find() && end.start() > 0 ? text.substring(0, end.start()) : text;
        String bare = WRAPPING.matcher(sentence).replaceAll("");
        return bare.isEmpty() ? sentence : bare;
    }
}
