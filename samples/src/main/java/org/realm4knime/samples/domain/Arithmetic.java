package org.realm4knime.samples.domain;

import java.util.Random;

/** How somebody calculates, rightly or not. May have a state: use one for one chain of thought. */
public interface Arithmetic {

    /**
     * What is written down as the result.
     *
     * @param left operand
     * @param operator one of {@code + - * /}
     * @param right operand
     */
    int result(int left, char operator, int right);

    /** A percentage of an amount, rounded down, worked out in the head rather than written down. */
    default int percentage(int amount, int percent) {
        return amount * percent / 100;
    }

    /** Makes no mistake. */
    Arithmetic EXACT = (left, operator, right) -> switch (operator) {
        case '+' -> left + right;
        case '-' -> left - right;
        case '*' -> left * right;
        default -> left / right;
    };

    /**
     * Is off by a digit at times.
     *
     * @param share of the results, in [0, 1]
     */
    static Arithmetic slipping(double share, Random random) {
        return (left, operator, right) -> {
            int exact = EXACT.result(left, operator, right);
            return random.nextDouble() < share ? slip(exact, random) : exact;
        };
    }

    /** A result that is off as a careless person's is: by one, two, ten or twenty; not below zero unless it was. */
    static int slip(int exact, Random random) {
        int[] offsets = {1, -1, 2, -2, 10, -10, 20};
        int wrong;
        do {
            wrong = exact + offsets[random.nextInt(offsets.length)];
        } while (wrong < Math.min(0, exact));
        return wrong;
    }

    /**
     * Adds and subtracts digit by digit without carrying or borrowing, so that 14 + 8 gives 12 and 240 - 36 gives 214.
     */
    static Arithmetic withoutCarrying() {
        return (left, operator, right) -> {
            if (operator != '+' && operator != '-' || left < 0) {
                return EXACT.result(left, operator, right);
            }
            int result = 0;
            for (int unit = 1; unit <= Math.max(left, right); unit *= 10) {
                int digits = left / unit % 10 + (operator == '+' ? 1 : -1) * (right / unit % 10);
                result += unit * Math.floorMod(digits, 10);
            }
            return result;
        };
    }

    /**
     * Every other result is off by ten, and the one after it makes up for that: after an even number of calculations
     * the answer is right, though none of them is.
     */
    static Arithmetic cancelling() {
        return new Arithmetic() {
            private int error;

            @Override
            public int result(int left, char operator, int right) {
                int exact = EXACT.result(left - error, operator, right);
                error = error == 0 ? 10 : 0;
                return exact + error;
            }

            @Override
            public int percentage(int amount, int percent) {
                return (amount - error) * percent / 100;
            }
        };
    }
}
