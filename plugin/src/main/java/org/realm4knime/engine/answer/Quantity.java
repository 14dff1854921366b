package org.realm4knime.engine.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * A number as it stands in a text, with its sign, fraction, percent sign and unit: {@code -$1,234.50}, {@code 3 1/2
 * hours}, {@code 15 %}, {@code 2.5 million}, {@code 1.5 * 10^3}.
 *
 * @param value the exact value before the percent sign and the unit are applied: 15 for {@code 15%}
 * @param percent whether a percent sign or the word follows
 * @param unit the currency sign before it or the word or sign after it, as written; empty if none
 * @param number the number alone as written, with its sign
 * @param start index of its first character, the sign or currency included
 * @param end index after its last character, the unit included
 */
public record Quantity(BigFraction value, boolean percent, String unit, String number, int start, int end) {

    private static final Pattern PREFIX = Pattern.compile("(-\\s?)?(?:((?:(?<!\\p{L})(?:US|CA|AU|NZ|HK|MX|C|A))?\\p{Sc}"
            + "|\\b(?:" + Units.CODES.toUpperCase(Locale.ROOT) + "|Rs\\.?))\\s?)?(-)?(?=\\d|(?<![\\d.])\\.\\d)");
    private static final Pattern OVER = Pattern.compile("\\s?/\\s?(?=\\d)");
    private static final Pattern AND_A_FRACTION = Pattern.compile("\\s(?=\\d+/\\d)");
    private static final Pattern POWER_OF_TEN = Pattern.compile("\\s*\\*\\s*10\\^([+-]?\\d{1,3})(?!\\d)");
    private static final Pattern SCALE = Pattern.compile("\\s?(hundred|thousand|million|billion|trillion)\\b");
    private static final Pattern PERCENT = Pattern.compile("\\s?(?:%|percent\\b|per cent\\b)");
    private static final Pattern UNIT = Pattern.compile(
            "\\s?(\\p{Sc}|\u00B0[CF]?|[\\p{L}\u00B5]\\p{L}*[\u00B2\u00B3]?" + "(?:/\\p{L}+[\u00B2\u00B3]?)?)");
    private static final Pattern SPACED = Pattern.compile("(?<=\\d) (?=\\d{3}(?!\\d))");
    private static final Pattern ONE_SPACED_NUMBER =
            Pattern.compile("[^\\d]*\\d{1,3}(?: \\d{3})+(?:[.,]\\d+)?(?![\\d/])[^\\d]*");

    /**
     * All numbers of a text, from left to right.
     *
     * @param text plain notation, see {@link MathText}
     * @param mark how comma and point are read
     * @return the numbers; they do not overlap
     */
    public static List<Quantity> all(String text, DecimalMark mark) {
        List<Quantity> found = new ArrayList<>();
        Matcher prefix = PREFIX.matcher(text);
        int from = 0;
        while (prefix.find(from)) {
            Optional<Quantity> quantity = from(text, prefix, mark);
            quantity.ifPresent(found::add);
            from = quantity.map(Quantity::end).orElseGet(() -> endOfDigits(text, prefix.end()));
        }
        return found;
    }

    /**
     * Reads a text that is one number. Unlike in running text, a plain space may group digits: {@code 1 234,5}.
     *
     * @param text the text, in any notation
     * @param mark how comma and point are read
     * @return the number, or empty if the text holds none or more than one
     */
    public static Optional<Quantity> only(String text, DecimalMark mark) {
        List<Quantity> found = all(withGroupSpaces(MathText.plain(text).strip()), mark);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * Marks the plain spaces that group the digits of a text's only number: {@code 1 234,5}.
     *
     * @param plain plain notation, see {@link MathText}
     * @return the same; unchanged if the text holds more than one number
     */
    static String withGroupSpaces(String plain) {
        return ONE_SPACED_NUMBER.matcher(plain).matches()
                ? SPACED.matcher(plain).replaceAll(String.valueOf(MathText.GROUP_SPACE))
                : plain;
    }

    /**
     * The value with its percent sign applied.
     *
     * @return value / 100 for a percentage, else the value
     */
    public BigFraction share() {
        return percent ? value.divide(100) : value;
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return Math.max(end, from + 1);
    }

    private static Optional<Quantity> from(String text, Matcher prefix, DecimalMark mark) {
        Optional<Numeral> numeral = Numeral.at(text, prefix.end(), mark);
        boolean twoSigns = prefix.group(1) != null && prefix.group(3) != null;
        if (numeral.isEmpty() || twoSigns) {
            return Optional.empty();
        }
        boolean negative = prefix.group(3) != null || prefix.group(1) != null && signStandsAlone(text, prefix);
        int start = prefix.group(1) != null && !negative ? prefix.end(1) : prefix.start();
        Part size = withFraction(text, numeral.get(), mark);
        size = scaled(text, size);
        Matcher percent = PERCENT.matcher(text).region(size.end(), text.length());
        boolean isPercent = percent.lookingAt();
        int end = isPercent ? percent.end() : size.end();
        String unit = prefix.group(2) == null ? "" : prefix.group(2);
        Matcher suffix = UNIT.matcher(text).region(end, text.length());
        boolean twice = !unit.isEmpty() && suffix.lookingAt() && suffix.group(1).equals(unit); // "€ 4.00 €"
        if (twice || unit.isEmpty() && !isPercent && suffix.lookingAt()) {
            unit = suffix.group(1);
            end = suffix.end();
        }
        String number = (negative ? "-" : "") + text.substring(prefix.end(), size.end());
        BigFraction value = negative ? size.value().negate() : size.value();
        return Optional.of(new Quantity(value, isPercent, unit, number, start, end));
    }

    /** A minus between two numbers or words subtracts; one after a space, a bracket or an equals sign is a sign. */
    private static boolean signStandsAlone(String text, Matcher prefix) {
        int at = prefix.start(1);
        boolean attached = prefix.end(1) == at + 1;
        if (at == 0) {
            return attached;
        }
        char before = text.charAt(at - 1);
        return attached && (Character.isWhitespace(before) || "(=[{,:;*/+$".indexOf(before) >= 0);
    }

    private record Part(BigFraction value, int end) {}

    private static Part withFraction(String text, Numeral first, DecimalMark mark) {
        Matcher and = AND_A_FRACTION.matcher(text).region(first.end(), text.length());
        if (first.decimals() == 0 && and.lookingAt()) {
            Optional<Part> fraction = Numeral.at(text, and.end(), mark).flatMap(top -> over(text, top, mark));
            if (fraction.isPresent() && fraction.get().value().compareTo(BigFraction.ONE) < 0) {
                return new Part(
                        first.value().add(fraction.get().value()),
                        fraction.get().end());
            }
        }
        return over(text, first, mark).orElse(new Part(first.value(), first.end()));
    }

    /** The fraction that begins with this numerator. */
    private static Optional<Part> over(String text, Numeral top, DecimalMark mark) {
        Matcher bar = OVER.matcher(text).region(top.end(), text.length());
        if (!bar.lookingAt()) {
            return Optional.empty();
        }
        return Numeral.at(text, bar.end(), mark)
                .filter(bottom -> bottom.value().compareTo(BigFraction.ZERO) != 0)
                .filter(bottom ->
                        !OVER.matcher(text).region(bottom.end(), text.length()).lookingAt())
                .map(bottom -> new Part(top.value().divide(bottom.value()), bottom.end()));
    }

    private static Part scaled(String text, Part part) {
        Matcher power = POWER_OF_TEN.matcher(text).region(part.end(), text.length());
        if (power.lookingAt()) {
            BigFraction factor = new BigFraction(10).pow(Integer.parseInt(power.group(1)));
            return new Part(part.value().multiply(factor), power.end());
        }
        Matcher word = SCALE.matcher(text).region(part.end(), text.length());
        if (!word.lookingAt()) {
            return part;
        }
        int zeros =
                switch (word.group(1)) {
                    case "hundred" -> 2;
                    case "thousand" -> 3;
                    case "million" -> 6;
                    case "billion" -> 9;
                    default -> 12;
                };
        return new Part(part.value().multiply(new BigFraction(10).pow(zeros)), word.end());
    }
}
