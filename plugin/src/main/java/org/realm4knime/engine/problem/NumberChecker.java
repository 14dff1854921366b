package org.realm4knime.engine.problem;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.realm4knime.engine.EngineException;

/** Answers that are a number, with or without a unit, a fraction or a percentage. Values are compared as exact fractions. */
final class NumberChecker implements AnswerChecker {

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

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        Optional<Quantity> given = read(candidate);
        Optional<Quantity> right = read(reference);
        if (given.isEmpty() || right.isEmpty()) {
            // such as "no solution" among numbers
            return given.isEmpty()
                    && right.isEmpty()
                    && NormalizedText.of(candidate).equals(NormalizedText.of(reference));
        }
        return same(given.get(), right.get());
    }

    private boolean same(Quantity given, Quantity right) {
        return switch (type) {
            case PERCENTAGE ->
                close(given.value(), right.value())
                        || given.percent() != right.percent() && close(given.share(), right.share());
            case QUANTITY ->
                Measure.comparable(given.unit(), right.unit())
                        && close(Measure.inBaseUnit(given, right.unit()), Measure.inBaseUnit(right, given.unit()));
            default -> close(given.value(), right.value());
        };
    }

    private boolean close(BigFraction given, BigFraction right) {
        BigFraction scale = right.abs().compareTo(BigFraction.ONE) > 0 ? right.abs() : BigFraction.ONE;
        return given.subtract(right).abs().compareTo(tolerance.multiply(scale)) <= 0;
    }

    @Override
    public Optional<String> extract(String completion) {
        String text = AnswerText.withoutEmphasis(completion);
        for (String region : AnswerText.marked(text)) {
            Optional<Quantity> quantity = read(region);
            if (quantity.isPresent()) {
                return quantity.map(this::written);
            }
        }
        String plain = MathText.plain(text);
        Optional<Quantity> result = AnswerText.afterEquals(plain).flatMap(this::result);
        if (result.isPresent()) {
            return result.map(this::written);
        }
        List<Quantity> all = Quantity.all(plain, mark);
        return all.isEmpty() ? Optional.empty() : Optional.of(written(all.get(all.size() - 1)));
    }

    /** The number a short text states: the only one, the one after the last equals sign, or the first. */
    private Optional<Quantity> read(String text) {
        Optional<Quantity> only = Quantity.only(text, mark);
        if (only.isPresent()) {
            return only;
        }
        String plain = MathText.plain(text);
        return AnswerText.afterEquals(plain).flatMap(this::result).or(() -> Quantity.all(plain, mark).stream()
                .findFirst());
    }

    /** The number that follows an equals sign, unless a further calculation stands there: then the last one. */
    private Optional<Quantity> result(String tail) {
        List<Quantity> all = Quantity.all(tail, mark);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Quantity first = all.get(0);
        boolean calculated = tail.substring(first.end()).matches("(?s)\\s*[-+*/^]\\s*[\\d(.].*");
        return Optional.of(calculated ? all.get(all.size() - 1) : first);
    }

    private String written(Quantity quantity) {
        String number = quantity.number().replace(MathText.GROUP_SPACE, ' ');
        return switch (type) {
            case PERCENTAGE -> number + (quantity.percent() ? "%" : "");
            case QUANTITY -> quantity.percent() ? number + "%" : Measure.written(number, quantity.unit());
            default -> number;
        };
    }

    @Override
    public String toString() {
        return "NumberChecker[%s, %s, %s]".formatted(type, tolerance, mark);
    }
}
