package org.realm4knime.engine.answer;

import java.util.List;
import java.util.regex.Pattern;

/** How a comma and a point in a number are read. */
public enum DecimalMark {
    /**
     * By the form of the number. {@code 1,234.5} and {@code 1.234,5} leave no doubt; a single comma before exactly
     * three digits groups them ({@code 1,234}), before any other number of digits it is a decimal comma ({@code 12,5});
     * a single point is a decimal point.
     */
    GUESSED,
    /** The point is the decimal mark, the comma groups digits. */
    POINT,
    /** The comma is the decimal mark, the point groups digits. */
    COMMA;

    /** A comma that can be nothing else: behind a group of digits, behind a zero, or not before three digits. */
    private static final Pattern COMMA_FOR_SURE = Pattern.compile(
            "(?<![\\d.,])(?:\\d{1,3}(?:\\.\\d{3})+,\\d+|0,\\d+|\\d+,(?!\\d{3}(?!\\d))\\d+)(?!\\d|[.,]\\d)");
    /** The same of a point. */
    private static final Pattern POINT_FOR_SURE = Pattern.compile(
            "(?<![\\d.,])(?:\\d{1,3}(?:,\\d{3})+\\.\\d+|0?\\.\\d+|\\d+\\.(?!\\d{3}(?!\\d))\\d+)(?!\\d|[.,]\\d)");
    /** A comma that would group digits if nothing else were known. */
    private static final Pattern COMMA_OF_GROUPS =
            Pattern.compile("(?<![\\d.,])[1-9]\\d{0,2}(?:,\\d{3})+(?!\\d|[.,]\\d)");

    /**
     * The mark of numbers that belong together. Where some have a decimal comma and none a decimal point, {@code 1.250}
     * beside them is a thousand and more.
     *
     * @param numbers texts; what is not one number, such as a pair, tells nothing
     * @return {@link #COMMA} where that is so, otherwise {@link #GUESSED}
     */
    static DecimalMark of(List<String> numbers) {
        List<String> plain = numbers.stream().map(MathText::plain).toList();
        long commas = plain.stream()
                .filter(number -> COMMA_FOR_SURE.matcher(number).find()
                        && NumberReading.covering(number, GUESSED).isPresent())
                .count();
        boolean comma = commas > count(plain, COMMA_OF_GROUPS) && count(plain, POINT_FOR_SURE) == 0;
        return comma ? COMMA : GUESSED;
    }

    private static long count(List<String> numbers, Pattern pattern) {
        return numbers.stream().filter(number -> pattern.matcher(number).find()).count();
    }
}
