package org.realm4knime.engine.arithmetic;

import java.math.BigInteger;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;

/** An arithmetic expression that is computed exactly, in fractions. */
sealed interface Expression {

    /** What a percent sign means, since people use it in three ways. */
    enum PercentReading {
        /** 15% is 0.15. */
        SHARE,
        /** As a share, but added or taken off it refers to what stands before it: 240 - 15% is 204. */
        OF_THE_LEFT,
        /** The sign is only a label: 100% - 15% is 85. */
        LABEL
    }

    /** Beyond these a power is not computed, so that no text can make the check run long. */
    int MAX_EXPONENT = 64;

    int MAX_BITS = 4096;

    /** Thrown for what this class does not compute: huge numbers and powers that are no fraction. */
    final class NotComputedException extends ArithmeticException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The exact value.
     *
     * @param reading what percent signs mean
     * @return the value, or empty where none is defined: a division by zero
     * @throws NotComputedException for a value that is too large, or a power that is no fraction
     */
    Optional<BigFraction> value(PercentReading reading);

    /** Whether anything is computed, as opposed to a number that is merely named. */
    boolean computes();

    /** Whether a percent sign occurs. */
    boolean hasPercent();

    /** A number as written, with the number of decimals it shows. */
    record Number(BigFraction number, int decimals) implements Expression {
        @Override
        public Optional<BigFraction> value(PercentReading reading) {
            return Optional.of(number);
        }

        @Override
        public boolean computes() {
            return false;
        }

        @Override
        public boolean hasPercent() {
            return false;
        }
    }

    /** A percentage. */
    record Percent(Expression number) implements Expression {
        @Override
        public Optional<BigFraction> value(PercentReading reading) {
            return number.value(reading).map(value -> reading == PercentReading.LABEL ? value : value.divide(100));
        }

        @Override
        public boolean computes() {
            return number.computes();
        }

        @Override
        public boolean hasPercent() {
            return true;
        }
    }

    /** A negative. */
    record Negative(Expression number) implements Expression {
        @Override
        public Optional<BigFraction> value(PercentReading reading) {
            return number.value(reading).map(BigFraction::negate);
        }

        @Override
        public boolean computes() {
            return number.computes();
        }

        @Override
        public boolean hasPercent() {
            return number.hasPercent();
        }
    }

    /** Two expressions joined by {@code + - * / ^}. */
    record Operation(char sign, Expression left, Expression right) implements Expression {
        @Override
        public Optional<BigFraction> value(PercentReading reading) {
            Optional<BigFraction> a = left.value(reading);
            Optional<BigFraction> b = right.value(reading);
            if (a.isEmpty() || b.isEmpty()) {
                return Optional.empty();
            }
            if (bits(a.get()) + bits(b.get()) > MAX_BITS) {
                throw new NotComputedException();
            }
            boolean ofTheLeft = reading == PercentReading.OF_THE_LEFT && right instanceof Percent;
            BigFraction term = ofTheLeft ? a.get().multiply(b.get()) : b.get();
            return switch (sign) {
                case '+' -> Optional.of(a.get().add(term));
                case '-' -> Optional.of(a.get().subtract(term));
                case '*' -> Optional.of(a.get().multiply(b.get()));
                case '/' ->
                    b.get().equals(BigFraction.ZERO)
                            ? Optional.empty()
                            : Optional.of(a.get().divide(b.get()));
                default -> power(a.get(), b.get());
            };
        }

        private static int bits(BigFraction value) {
            return value.getNumerator().bitLength() + value.getDenominator().bitLength();
        }

        private static Optional<BigFraction> power(BigFraction base, BigFraction exponent) {
            boolean whole = exponent.getDenominator().equals(BigInteger.ONE);
            if (!whole || exponent.abs().compareTo(new BigFraction(MAX_EXPONENT)) > 0 || bits(base) > MAX_EXPONENT) {
                throw new NotComputedException();
            }
            boolean defined = !base.equals(BigFraction.ZERO) || exponent.compareTo(BigFraction.ZERO) > 0;
            return defined ? Optional.of(base.pow(exponent.intValue())) : Optional.empty();
        }

        @Override
        public boolean computes() {
            return true;
        }

        @Override
        public boolean hasPercent() {
            return left.hasPercent() || right.hasPercent();
        }
    }
}
