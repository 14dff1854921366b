package org.realm4knime.engine.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;
import org.realm4knime.engine.EngineException;

/**
 * Answers that are a number, with or without a unit, a fraction or a percentage. Values are compared as exact
 * fractions.
 */
final class NumberChecker implements AnswerChecker {

    /** No percent: basis points, per mille, and differences of percentages. */
    private static final Pattern SMALLER =
            Pattern.compile("(?i)basis|bps?|per|permille?|promille|percentage|pps?|prozentpunkte?|basispunkte?");

    private final AnswerType type;
    private final BigFraction tolerance;
    private final DecimalMark mark;

    NumberChecker(AnswerType type, double tolerance, DecimalMark mark) {
        if (!(tolerance >= 0 && Double.isFinite(tolerance))) {
            throw new EngineException("The tolerance of the answer check is " + tolerance + ". Give 0 or more.");
        }
        BigDecimal decimal = BigDecimal.valueOf(tolerance);
        this.type = type;
        this.tolerance =
                new BigFraction(decimal.unscaledValue()).divide(new BigFraction(BigInteger.TEN).pow(decimal.scale()));
        this.mark = mark;
    }

    private NumberChecker(AnswerType type, BigFraction tolerance, DecimalMark mark) {
        this.type = type;
        this.tolerance = tolerance;
        this.mark = mark;
    }

    /** A checker with the same tolerance and marks for another type of number. */
    NumberChecker as(AnswerType other) {
        return new NumberChecker(other, tolerance, mark);
    }

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        Optional<Quantity> given = NumberReading.covering(candidate, mark);
        Optional<Quantity> right = NumberReading.covering(reference, mark);
        if (given.isEmpty() || right.isEmpty()) {
            // expressions, or words such as "no solution" among numbers
            return given.isEmpty() && right.isEmpty() && TextChecker.same(candidate, reference);
        }
        return (type == AnswerType.FRACTION || !undone(given.get()) || undone(right.get()))
                && same(given.get(), right.get());
    }

    /** A division that comes out even is a calculation that was not done: 96/4. */
    private static boolean undone(Quantity quantity) {
        return quantity.number().indexOf('/') >= 0
                && quantity.number().indexOf(' ') < 0
                && quantity.value().getDenominator().equals(BigInteger.ONE);
    }

    private boolean same(Quantity given, Quantity right) {
        return switch (type) {
            case PERCENTAGE ->
                !SMALLER.matcher(given.unit()).matches() && close(given.value(), right.value())
                        || given.percent() != right.percent() && close(given.share(), right.share());
            case QUANTITY ->
                (given.percent() == right.percent()
                                || right.unit().isEmpty() && given.unit().isEmpty())
                        && Measure.comparable(given.unit(), right.unit())
                        && close(Measure.inBaseUnit(given, right.unit()), Measure.inBaseUnit(right, given.unit()));
            default -> close(given.value(), right.value());
        };
    }

    private boolean close(BigFraction given, BigFraction right) {
        BigFraction scale = right.abs().compareTo(BigFraction.ONE) > 0 ? right.abs() : BigFraction.ONE;
        return given.subtract(right).abs().compareTo(tolerance.multiply(scale)) <= 0;
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        if (!region.marked()) {
            return NumberInProse.last(region.text(), mark).map(this::written);
        }
        return Optional.of(NumberReading.covering(region.text(), mark)
                .map(this::written)
                .orElse(region.text().strip()));
    }

    private String written(Quantity quantity) {
        String number = quantity.number().replace(MathText.GROUP_SPACE, ' ');
        return switch (type) {
            case PERCENTAGE ->
                number
                        + (quantity.percent() ? "%" : "")
                        + (SMALLER.matcher(quantity.unit()).matches() ? " " + quantity.unit() : "");
            case QUANTITY -> quantity.percent() ? number + "%" : Measure.written(number, quantity.unit());
            default -> number;
        };
    }

    @Override
    public String toString() {
        return "NumberChecker[%s, %s, %s]".formatted(type, tolerance, mark);
    }
}
