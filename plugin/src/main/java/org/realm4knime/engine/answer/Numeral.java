package org.realm4knime.engine.answer;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * A number without sign, fraction bar or unit, as it stands in a text: {@code 1,234.50}.
 *
 * @param value the exact value, at least 0
 * @param decimals how many digits it shows after the decimal mark
 * @param start index of its first character
 * @param end index after its last character
 */
public record Numeral(BigFraction value, int decimals, int start, int end) {

    /** Longer numbers are not read: no answer needs them, and a model that loops should not fill the memory. */
    private static final int MAX_DIGITS = 300;

    /** Bounded, since a model that loops may write any number of digits and groups. */
    private static final Pattern RUN = Pattern.compile("(?:\\d{1,400}(?:[.,'" + MathText.GROUP_SPACE
            + "]\\d{1,400}){0,40}+|\\.\\d{1,400})(?:[eE]([+-]?\\d{1,3})(?![\\p{L}\\d]))?");

    private static final Pattern SEPARATOR = Pattern.compile("[.,'" + MathText.GROUP_SPACE + "]");
    private static final Set<String> CURRENCIES = Stream.concat(
                    Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode),
                    Stream.of("Rs", "Kr", "kr", "Fr", "US", "RM"))
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern ORDINAL = Pattern.compile("(?:st|nd|rd|th)\\b");

    /**
     * Reads the number that begins at an index.
     *
     * @param text plain notation, see {@link MathText}
     * @param index where the number begins
     * @param mark how comma and point are read
     * @return the number, or empty if none begins there
     */
    public static Optional<Numeral> at(String text, int index, DecimalMark mark) {
        Matcher run = RUN.matcher(text).region(index, text.length());
        if (!run.lookingAt() || partOfWord(text, index, run.end())) {
            return Optional.empty();
        }
        String exponent = run.group(1);
        String digits = exponent == null ? run.group() : run.group().split("[eE]")[0];
        if (digits.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        String[] groups = SEPARATOR.split(digits, -1);
        String separators = digits.replaceAll("\\d", "");
        int whole = wholeGroups(groups, separators, mark);
        if (whole == 0) {
            // a list such as 1,2,3: only its first number begins here
            return Optional.of(number(groups[0], "", 0, index, index + groups[0].length()));
        }
        String left = String.join("", Arrays.copyOf(groups, whole));
        String right = whole < groups.length ? groups[whole] : "";
        return Optional.of(number(left, right, exponent == null ? 0 : Integer.parseInt(exponent), index, run.end()));
    }

    private static Numeral number(String left, String right, int exponent, int start, int end) {
        BigFraction value = new BigFraction(new BigInteger("0" + left + right))
                .multiply(new BigFraction(BigInteger.TEN).pow(exponent - right.length()));
        return new Numeral(value, Math.max(0, right.length() - exponent), start, end);
    }

    /**
     * Digits of a name (x2, H2O, AZ5) or an ordinal (3rd) are no number; those after a currency code (USD5) or in 3x5
     * are.
     */
    private static boolean partOfWord(String text, int start, int end) {
        int from = start;
        while (from > 0 && joins(text.charAt(from - 1))) {
            from--;
        }
        boolean times =
                start - from == 1 && text.charAt(from) == 'x' && from > 0 && Character.isDigit(text.charAt(from - 1));
        boolean currency = CURRENCIES.contains(text.substring(from, start));
        return from < start && !times && !currency
                || ORDINAL.matcher(text).region(end, text.length()).lookingAt();
    }

    /** Letters of scripts that put spaces between words; in the others a number follows a word directly. */
    private static boolean joins(char c) {
        return Character.isLetter(c) && (Character.isUpperCase(c) || Character.isLowerCase(c));
    }

    /** How many groups make up the whole part, the next being the decimals; 0 if the groups are not one number. */
    private static int wholeGroups(String[] groups, String separators, DecimalMark mark) {
        int count = separators.length();
        if (count == 0) {
            return 1;
        }
        char last = separators.charAt(count - 1);
        boolean once = separators.indexOf(last) == count - 1;
        if (once && count > 1) {
            return (last == '.' || last == ',') && grouped(groups, separators.substring(0, count - 1)) ? count : 0;
        }
        if (count == 1 && decimal(last, groups, mark)) {
            return 1;
        }
        return grouped(groups, separators) && !(mark == DecimalMark.POINT && last == '.') ? groups.length : 0;
    }

    private static boolean decimal(char separator, String[] groups, DecimalMark mark) {
        boolean looksGrouped = grouped(groups, String.valueOf(separator)) && !groups[0].equals("0");
        return switch (separator) {
            case '.' -> mark != DecimalMark.COMMA || !looksGrouped;
            case ',' -> mark == DecimalMark.COMMA || mark == DecimalMark.GUESSED && !looksGrouped;
            default -> false;
        };
    }

    /** Groups of three digits, or, with commas, the Indian form 12,34,567. */
    private static boolean grouped(String[] groups, String separators) {
        int count = separators.length();
        boolean alike = separators.chars().distinct().count() == 1;
        boolean threes = IntStream.rangeClosed(1, count).allMatch(i -> groups[i].length() == 3);
        boolean indian = separators.charAt(0) == ','
                && count > 1
                && groups[count].length() == 3
                && IntStream.range(1, count).allMatch(i -> groups[i].length() == 2);
        int first = groups[0].length();
        return alike && first >= 1 && first <= 3 && (threes || indian);
    }
}
