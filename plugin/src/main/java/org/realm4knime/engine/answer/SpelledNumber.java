package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A number from 0 to 99 in English words, which some write beside the digits: {@code three (3)}, {@code 3 (three)}. */
final class SpelledNumber {

    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");

    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

    /** All words but "one", which is a pronoun too, as alternatives of an expression. */
    static final String BUT_ONE = Stream.concat(SMALL.stream(), TENS.stream())
            .filter(word -> !word.equals("one"))
            .collect(Collectors.joining("|"));

    private static final String WORDS = "((?:%s)[-\\s]?(?:%s)?|%s)"
            .formatted(String.join("|", TENS), String.join("|", SMALL.subList(1, 10)), String.join("|", SMALL));

    /** The digits, a unit perhaps, and the words in brackets, with the unit once more perhaps. */
    private static final Pattern DIGITS_FIRST = Pattern.compile(
            "(?i)(?<![\\d.,])(\\d{1,2})((?:\\s?(?:\\p{Sc}|\\p{L}+))?)\\s?\\(\\s?" + WORDS + "(?:\\s\\p{L}+)?\\s?\\)");

    private static final Pattern WORDS_FIRST = Pattern.compile("(?i)\\b" + WORDS + "\\s?\\(\\s?(\\d{1,2})\\s?\\)");

    private SpelledNumber() {}

    /** A text in which a number stands in digits alone where it stood in words as well, if the two agree. */
    static String withoutRepetition(String text) {
        String digitsLast = WORDS_FIRST
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        agree(found.group(1), found.group(2)) ? found.group(2) : found.group()));
        return DIGITS_FIRST
                .matcher(digitsLast)
                .replaceAll(found -> Matcher.quoteReplacement(
                        agree(found.group(3), found.group(1)) ? found.group(1) + found.group(2) : found.group()));
    }

    private static boolean agree(String words, String digits) {
        return value(words.toLowerCase(Locale.ROOT)) == Integer.parseInt(digits);
    }

    private static int value(String words) {
        for (int i = 0; i < TENS.size(); i++) {
            if (words.startsWith(TENS.get(i))) {
                String rest = words.substring(TENS.get(i).length()).replaceFirst("^[-\\s]", "");
                return 10 * (i + 2) + (rest.isEmpty() ? 0 : SMALL.indexOf(rest));
            }
        }
        return SMALL.indexOf(words);
    }
}
