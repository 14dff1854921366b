package org.realm4knime.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected results were computed by hand, those of the random expressions with BigInteger. */
class ClaimsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 * 3 = 36",
                "12 x 3 = 36",
                "12x3=36",
                "12 \u00D7 3 = 36 eggs",
                "36 \u00F7 12 = 3",
                "5 \u2212 7 = \u22122",
                "So we get **12 * 3 = 36**.",
                "$12 \\times 3 = 36$",
                "\\(\\frac{3}{4} \\cdot 8 = 6\\)",
                "1,250 + 1,250 = 2,500",
                "$1,250.50 x 2 = $2,501",
                "2^10 = 1024",
                "2**3 = 8",
                "5\u00B2 + 1 = 26",
                "2(3 + 4) = 14",
                "(2 + 3) * (4 - 1) = 15",
                "3 boxes * 12 eggs per box = 36 eggs",
                "5 dollars/hour * 8 hours = 40 dollars",
                "15% of 240 = 36",
                "240 * 15% = 36",
                "240 - 15% = 204",
                "100% - 15% = 85%",
                "36 / 240 = 15%",
                "36 / 240 * 100 = 15%",
                "2/3 of 12 = 8",
                "3 1/2 * 2 = 7",
                "17 / 3 = 5 and 2/3",
                "3 / 1/2 = 6",
                "10 / 3 = 3.33",
                "2 / 3 = 0.66",
                "2 / 3 = 0.67",
                "10 / 3 \u2248 3",
                "10 / 3 = 3 each, with 1 remaining",
                "7 / 2 = 4 boxes, rounded up",
                "a total of 12 * 3 = 36",
                "36 = 12 * 3",
                "12 times 3 equals 36",
                "7 plus 5 is equal to 12",
                "5 + 3 = 8 * 2 = 16",
                "- 12 * 3 = 36",
                "Step 2: 12 * 3 = 36",
                "<<12*3=36>>",
            })
    void rightStatements(String step) {
        assertThat(Claims.in(step)).isNotEmpty().allMatch(Claim::valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 * 3 = 38 | 12 * 3 is 36, not 38",
                "240 - 36 = 206 euros | 240 - 36 is 204, not 206",
                "12 x 3 = $38 | 12 x 3 is 36, not 38",
                "7 / 2 = 3 | 7 / 2 is 3.5, not 3",
                "10 / 3 = 3.4 | 10 / 3 is about 3.33, not 3.4",
                "10 / 4 = 2.4 | 10 / 4 is 2.5, not 2.4",
                "15% of 240 = 38 | 15% of 240 is 36, not 38",
                "36 / 240 = 25% | 36 / 240 is 15%, not 25%",
                "5 / 0 = 0 | 5 / 0 is undefined, not 0",
                "3 boxes * 12 eggs = 35 eggs | 3 boxes * 12 is 36, not 35",
                "48/2 = <<48/2=25>>25 clips | 48/2 is 24, not 25",
                "10 / 3 \u2248 4 | 10 / 3 is about 3.33, not 4",
                "0.1 + 0.2 = 0.30000001 | 0.1 + 0.2 is 0.3, not 0.30000001",
            })
    void wrongStatements(String step, String reason) {
        assertThat(Claims.in(step)).hasSize(1).allMatch(claim -> !claim.valid());
        assertThat(Claims.in(step).get(0).reason()).isEqualTo(reason);
    }

    /** What cannot be judged for certain is no claim: a wrong verdict does more harm than a missing one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 days ok",
                "price = 240",
                "5 = 5",
                "2x + 3 = 7",
                "x - 12 * 3 = 4",
                "12 * 3 = 36 + x",
                "the total - 5 * 3 = 85",
                "25 classmates + his 1 teacher + 1 himself = 27",
                "2 dozen * 3 = 72",
                "twice 5 + 3 = 13",
                "half of 40 + 2 = 22",
                "20% off $50 - 5 = 35",
                "6:00 + 18 hours = 24",
                "0900 - 0130 = 0730",
                "1 hour - 20 minutes = 40 minutes",
                "50 cents * 4 = $2",
                "40 nickels = 40 * 5",
                "1/2 a cup = 4 ounces",
                "0.1(minutes) + 1 = 0.15(minutes)",
                "5 >= 3 + 4",
                "5! = 120",
                "9^99999 = 1",
                "= = =",
                "3 * = 4",
                "((((2 = 2",
            })
    void noStatements(String step) {
        assertThat(Claims.in(step)).isEmpty();
    }

    @Test
    void chainsAreTakenLinkByLink() {
        assertThat(Claims.in("2 + 3 - 1 = 4 = 8 / 2 = 5"))
                .extracting(Claim::text, Claim::valid)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2 + 3 - 1 = 4", true),
                        org.assertj.core.groups.Tuple.tuple("4 = 8 / 2", true),
                        org.assertj.core.groups.Tuple.tuple("8 / 2 = 5", false));
    }

    @Test
    void severalStatementsOfAStep() {
        assertThat(Claims.in("So 5 + 3 = 8 apples, and 8 * 2 = 16 (not 8 - 2 = 5)."))
                .extracting(Claim::valid)
                .containsExactly(true, true, false);
    }

    @Test
    void theSameStatementCountsOnce() {
        assertThat(Claims.in("48/2 = <<48/2=24>>24 clips")).hasSize(1);
    }

    @Test
    void deepNestingAndLongChainsEnd() {
        assertThat(Claims.in("(".repeat(5000) + "1 + 1" + ")".repeat(5000) + " = 2"))
                .isEmpty();
        assertThat(Claims.in("1 + ".repeat(3000) + "1 = 3001")).isNotNull();
        assertThat(Claims.in("= 1 + 1 ".repeat(2000))).isNotNull();
    }

    /** A random expression, its text and its exact value as top / bottom. */
    private record Sample(String text, BigInteger top, BigInteger bottom) {

        static Sample number(Random random) {
            int value = random.nextInt(2000);
            String text =
                    value >= 1000 && random.nextBoolean() ? "1," + String.format("%03d", value - 1000) : "" + value;
            return new Sample(text, BigInteger.valueOf(value), BigInteger.ONE);
        }

        /** Operations are put in brackets, so that their order does not depend on precedence. */
        Sample with(Sample other, int operation, Random random) {
            String space = random.nextBoolean() ? " " : "";
            String[] signs = {"+", "-", random.nextBoolean() ? "*" : "\u00D7", random.nextBoolean() ? "/" : "\u00F7"};
            String joined = "(" + text + space + signs[operation] + space + other.text + ")";
            return switch (operation) {
                case 0 ->
                    new Sample(
                            joined,
                            top.multiply(other.bottom).add(other.top.multiply(bottom)),
                            bottom.multiply(other.bottom));
                case 1 ->
                    new Sample(
                            joined,
                            top.multiply(other.bottom).subtract(other.top.multiply(bottom)),
                            bottom.multiply(other.bottom));
                case 2 -> new Sample(joined, top.multiply(other.top), bottom.multiply(other.bottom));
                default -> new Sample(joined, top.multiply(other.bottom), bottom.multiply(other.top));
            };
        }
    }

    @Test
    void randomExpressionsAreRecomputedExactly() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            Sample sample = Sample.number(random);
            int operations = 1 + random.nextInt(4);
            for (int k = 0; k < operations; k++) {
                Sample next = Sample.number(random);
                int operation = random.nextInt(next.top().signum() == 0 ? 3 : 4);
                sample = sample.with(next, operation, random);
            }
            BigDecimal rounded = new BigDecimal(sample.top())
                    .divide(new BigDecimal(sample.bottom()), 1 + random.nextInt(4), RoundingMode.HALF_EVEN);
            String expression = sample.text().substring(1, sample.text().length() - 1);
            assertThat(Claims.in(expression + " = " + rounded.toPlainString()))
                    .as(expression + " = " + rounded)
                    .hasSize(1)
                    .allMatch(Claim::valid);
            BigDecimal wrong = rounded.add(rounded.ulp().multiply(BigDecimal.valueOf(random.nextBoolean() ? 2 : -2)));
            assertThat(Claims.in(expression + " = " + wrong.toPlainString()))
                    .as(expression + " = " + wrong)
                    .hasSize(1)
                    .noneMatch(Claim::valid);
        }
    }

    @Test
    void precedenceIsTheUsualOne() {
        assertThat(List.of("2 + 3 * 4 = 14", "20 - 6 / 2 = 17", "20 - 6 - 2 = 12", "24 / 4 / 2 = 3", "2 * 3^2 = 18"))
                .allMatch(step ->
                        Claims.in(step).size() == 1 && Claims.in(step).get(0).valid());
    }
}
