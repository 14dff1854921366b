package org.realm4knime.engine.answer;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Answers in words.
 *
 * @param exactCase whether upper and lower case count: references differ in it alone, as Co and CO
 * @param literal whether numbers are compared as they are written: references are codes or versions, as 0042 and 1.10
 */
record TextChecker(boolean exactCase, boolean literal) implements AnswerChecker {

    /** Quotes and marks around an answer; the look-behind keeps the search for the last ones linear. */
    private static final Pattern WRAPPING = Pattern.compile(
            "^[\\s\"'$\u201C\u201D\u2018]+|(?<![\\s\"'$\u201C\u201D\u2019.])[\\s\"'$\u201C\u201D\u2019.]+$");

    /** Two equations in one sentence: {@code x = 1 or x = 2}. */
    private static final Pattern SEVERAL = Pattern.compile("=[^=]{1,80}(?:,|;|\\b(?:or|and)\\b)[^=]{1,20}=");

    /** Where answers are of many kinds, as in MATH, a plain number among them is compared as one. */
    private static final NumberChecker NUMBERS = new NumberChecker(AnswerType.NUMBER, 0, DecimalMark.GUESSED);

    private static final Pattern CODE = Pattern.compile("0\\d+");
    private static final Pattern FIGURES = Pattern.compile("\\d+(?:\\.\\d+)*");
    private static final Pattern NO_LETTER_OR_FIGURE = Pattern.compile("\\\\\\p{L}+|[^\\p{L}\\p{N}]");
    private static final Pattern WORD_WITH_FIGURES = Pattern.compile("[\\w.,/-]*\\d[\\w/-]*(?:[.,]\\d+)*");

    /** What leads from the reasoning to a conclusion: "So we decline" says "decline". */
    private static final Pattern LEAD =
            Pattern.compile("^(?:(?:so|thus|therefore|hence|finally|in conclusion|overall)\\b,?\\s+)?"
                    + "(?:(?:we|it is|it's|this is|that is|they are|that's"
                    + "|(?:final )?(?:result|solution|outcome|conclusion)(?: is)?)\\s+)?(?=\\S)");

    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+){2,}");

    /**
     * The checker for problems with these reference answers.
     *
     * @param references the answers, which show whether case and the way a number is written count
     */
    static TextChecker of(List<String> references) {
        List<String> different =
                references.stream().map(String::strip).distinct().toList();
        long spellings = different.stream()
                .map(answer -> answer.toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        List<BigFraction> values = different.stream()
                .flatMap(answer -> NumberReading.covering(answer, DecimalMark.GUESSED).stream())
                .filter(number -> number.unit().isEmpty())
                .map(Quantity::value)
                .toList();
        boolean literal = values.stream().distinct().count() < values.size()
                || different.stream()
                        .anyMatch(answer -> CODE.matcher(answer).matches()
                                || VERSION.matcher(answer).matches());
        return new TextChecker(spellings < different.size(), literal);
    }

    @Override
    public boolean matches(String candidate, String reference) {
        return candidate != null
                && !(exactCase && !lettersAndFigures(candidate).contains(lettersAndFigures(reference)))
                && (same(candidate, reference)
                        || Moments.same(candidate, reference)
                        || (literal ? FIGURES : CODE).matcher(reference.strip()).matches()
                                && isCode(candidate, reference.strip())
                        || !literal && AnswerType.bareNumber(reference) && NUMBERS.matches(candidate, reference));
    }

    private static String lettersAndFigures(String text) {
        String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return NO_LETTER_OR_FIGURE.matcher(compatible).replaceAll("");
    }

    /** Whether a code of figures is the only one in a text, with its zeros: "article 0042". */
    private static boolean isCode(String candidate, String reference) {
        List<String> codes = WORD_WITH_FIGURES
                .matcher(candidate)
                .results()
                .map(MatchResult::group)
                .toList();
        return codes.equals(List.of(reference)) && !Doubt.denies(candidate) && !Doubt.leavesOpen(candidate);
    }

    /** Whether two texts say the same. */
    static boolean same(String candidate, String reference) {
        String given = NormalizedText.of(candidate);
        String right = NormalizedText.of(reference);
        if (given.isEmpty() || right.isEmpty()) {
            return candidate.strip().equals(reference.strip());
        }
        if (given.equals(right)) {
            return NormalizedText.articlesAgree(candidate, reference) && !Shape.differs(candidate, reference);
        }
        return NormalizedText.sameValue(given, right)
                || LEAD.matcher(given)
                        .replaceFirst("")
                        .equals(LEAD.matcher(right).replaceFirst(""));
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        return statement(region).map(TextChecker::unwrapped);
    }

    /** The text in which the answer stands: what is marked, else what the last sentence says after an equals sign. */
    static Optional<String> statement(AnswerRegion region) {
        return Optional.of(region.marked() ? region.text() : last(region.text()))
                .map(String::strip)
                .filter(answer -> !answer.isEmpty());
    }

    private static String last(String text) {
        return Blocks.last(text, false).orElseGet(() -> lastSentence(text));
    }

    private static String lastSentence(String text) {
        List<String> sentences = Sentences.of(text);
        String last = sentences.isEmpty() ? "" : Sentences.bare(sentences.get(sentences.size() - 1));
        String plain = MathText.plain(last);
        int equals = Math.max(plain.lastIndexOf('='), plain.lastIndexOf('\u2248'));
        String result = plain.substring(equals + 1);
        boolean several = SEVERAL.matcher(plain).find();
        return equals < 0 || several || result.isBlank() ? last : result;
    }

    private static String unwrapped(String text) {
        String bare = WRAPPING.matcher(text).replaceAll("");
        return bare.isEmpty() ? text : bare;
    }
}
