package org.realm4knime.engine.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.fraction.BigFraction;
import org.realm4knime.engine.answer.MathText;
import org.realm4knime.engine.arithmetic.Expression.PercentReading;

/**
 * Says whether two sides of an equation agree.
 *
 * <p>They agree if their exact values are equal in one reading of the percent signs. A result stated as a decimal may
 * be rounded or cut to the digits it shows, so 10 / 3 = 3.33 and 2 / 3 = 0.66 hold; one stated as a whole number must
 * be exact, so 7 / 2 = 3 does not hold, unless the sign is ≈ or the step speaks of rounding or a remainder. A result
 * that agrees to the 15 significant digits of a double holds: 0.1 * 3 = 0.30000000000000004.
 */
final class ClaimCheck {

    /** Significant digits that a double holds for certain; what a program prints beyond them is its rounding. */
    private static final int DOUBLE_DIGITS = 15;

    /** Decimals up to which an exact result is shown in full. */
    private static final int SHOWN_DECIMALS = 6;

    /**
     * A side of an equation.
     *
     * @param expression what it says
     * @param span where it starts and ends in the text
     */
    record Side(Expression expression, int[] span) {

        String in(String text) {
            return MathText.withPlainSpaces(text.substring(span[0], span[1])).strip();
        }
    }

    /** How exact a stated result claims to be. */
    enum Precision {
        /** To the decimals it shows, if any. */
        AS_SHOWN,
        /** Within less than one: the step speaks of rounding or of a remainder. */
        WHOLE,
        /** To its last digit that is not 0: the sign is ≈. */
        APPROXIMATE
    }

    /** How the percent signs of the left and the right side are read together. */
    private record Reading(PercentReading left, PercentReading right) {}

    private static final List<Reading> READINGS = List.of(
            new Reading(PercentReading.SHARE, PercentReading.SHARE),
            new Reading(PercentReading.OF_THE_LEFT, PercentReading.SHARE),
            new Reading(PercentReading.SHARE, PercentReading.LABEL),
            new Reading(PercentReading.LABEL, PercentReading.LABEL));

    private ClaimCheck() {}

    /**
     * Judges an equation.
     *
     * @param text the text it stands in
     * @param left its left side
     * @param right its right side
     * @param precision how exact the stated result claims to be
     * @return the claim; empty if neither side computes anything, or one is too large to be computed
     */
    static Optional<Claim> check(String text, Side left, Side right, Precision precision) {
        if (!left.expression().computes() && !right.expression().computes()) {
            return Optional.empty();
        }
        // a stated result may also stand on the left: 36 = 12 * 3
        boolean turned = !left.expression().computes();
        Side computed = turned ? right : left;
        Side stated = turned ? left : right;
        try {
            boolean valid = READINGS.stream()
                    .anyMatch(reading -> agree(computed.expression(), stated.expression(), reading, precision));
            String exact = exact(computed.expression(), stated.expression());
            String whole = MathText.withPlainSpaces(text.substring(left.span()[0], right.span()[1]))
                    .strip();
            return Optional.of(new Claim(whole, computed.in(text), stated.in(text), exact, valid));
        } catch (Expression.NotComputedException e) {
            return Optional.empty();
        }
    }

    private static boolean agree(Expression computed, Expression stated, Reading reading, Precision precision) {
        Optional<BigFraction> exact = computed.value(reading.left());
        Optional<BigFraction> given = stated.value(reading.right());
        if (exact.isEmpty() || given.isEmpty()) {
            return false;
        }
        BigFraction unit = lastDigit(stated, reading.right(), precision);
        BigFraction difference = exact.get().subtract(given.get()).abs();
        boolean rounded = difference.compareTo(unit.divide(2)) <= 0;
        boolean asDouble = !inWholeNumbers(computed)
                && difference.compareTo(lastDigitOfDouble(exact.get()).divide(2)) <= 0
                && printed(given.get());
        boolean cut = difference.compareTo(unit) < 0
                && (precision == Precision.WHOLE
                        || given.get().abs().compareTo(exact.get().abs()) <= 0);
        return rounded || cut || asDouble;
    }

    /** Whole numbers that are added, subtracted and multiplied leave a double nothing to round. */
    private static boolean inWholeNumbers(Expression expression) {
        if (expression instanceof Expression.Operation operation) {
            return operation.sign() != '/' && inWholeNumbers(operation.left()) && inWholeNumbers(operation.right());
        }
        if (expression instanceof Expression.Negative negative) {
            return inWholeNumbers(negative.number());
        }
        return expression instanceof Expression.Number number
                && number.number().getDenominator().equals(BigInteger.ONE);
    }

    /** Whether this is what a program prints of a double, with all or nearly all of its digits. */
    private static boolean printed(BigFraction value) {
        BigDecimal stated = new BigDecimal(value.getNumerator())
                .divide(new BigDecimal(value.getDenominator()), MathContext.DECIMAL128);
        BigDecimal held = new BigDecimal(stated.doubleValue());
        return IntStream.rangeClosed(DOUBLE_DIGITS, DOUBLE_DIGITS + 2)
                .anyMatch(digits -> held.round(new MathContext(digits)).compareTo(stated) == 0);
    }

    /** The size of the last digit that a double holds of a value for certain. */
    private static BigFraction lastDigitOfDouble(BigFraction value) {
        if (value.equals(BigFraction.ZERO)) {
            return BigFraction.ZERO;
        }
        BigDecimal rounded = new BigDecimal(value.getNumerator())
                .abs()
                .divide(new BigDecimal(value.getDenominator()), new MathContext(DOUBLE_DIGITS));
        int place = rounded.precision() - rounded.scale() - DOUBLE_DIGITS;
        return new BigFraction(BigInteger.TEN).pow(place);
    }

    /** The size of the last digit that is claimed; 0 if the result is to be exact. */
    private static BigFraction lastDigit(Expression stated, PercentReading reading, Precision precision) {
        if (stated instanceof Expression.Percent percent) {
            BigFraction unit = lastDigit(percent.number(), reading, precision);
            return reading == PercentReading.LABEL ? unit : unit.divide(100);
        }
        if (stated instanceof Expression.Negative negative) {
            return lastDigit(negative.number(), reading, precision);
        }
        if (!(stated instanceof Expression.Number shown)) {
            return BigFraction.ZERO;
        }
        boolean whole = shown.decimals() == 0;
        if (whole && precision == Precision.AS_SHOWN) {
            return BigFraction.ZERO;
        }
        BigFraction number = shown.number();
        int place = -shown.decimals();
        if (whole
                && precision == Precision.APPROXIMATE
                && number.getDenominator().equals(BigInteger.ONE)) {
            place = Math.max(
                    0,
                    -new BigDecimal(number.getNumerator()).stripTrailingZeros().scale());
        }
        return new BigFraction(10).pow(place);
    }

    private static String exact(Expression computed, Expression stated) {
        Optional<BigFraction> value = computed.value(PercentReading.SHARE);
        if (value.isEmpty()) {
            return "undefined";
        }
        boolean percent = stated instanceof Expression.Percent;
        return decimal(percent ? value.get().multiply(100) : value.get(), stated) + (percent ? "%" : "");
    }

    /** In full if it has few decimals, else rounded to one digit more than was stated. */
    private static String decimal(BigFraction value, Expression stated) {
        BigDecimal top = new BigDecimal(value.getNumerator());
        BigDecimal bottom = new BigDecimal(value.getDenominator());
        BigDecimal rounded = top.divide(bottom, SHOWN_DECIMALS, RoundingMode.HALF_EVEN);
        if (rounded.multiply(bottom).compareTo(top) == 0) {
            return plain(rounded);
        }
        int shown = stated instanceof Expression.Number number ? number.decimals() : 0;
        return "about " + plain(top.divide(bottom, Math.max(2, shown + 1), RoundingMode.HALF_EVEN));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
