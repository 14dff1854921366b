package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in the notations people and models use. The expected values were written down by hand. */
class NumberReadingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1,234.5 | 2469/2",
                "1.234,5 | 2469/2",
                "1 234,5 | 2469/2",
                "1\u00A0234,5 | 2469/2",
                "1'234.50 | 2469/2",
                "1,234 | 1234",
                "12,5 | 25/2",
                "0,125 | 1/8",
                "1.234 | 617/500",
                "1,234,567 | 1234567",
                "12,34,567 | 1234567",
                "1.234.567 | 1234567",
                "3 1/2 | 7/2",
                "3\u00BD | 7/2",
                "\u00BE | 3/4",
                "-5 | -5",
                "\u22125 | -5",
                "-$1,200 | -1200",
                "$-5 | -5",
                "18 dollars | 18",
                "USD5 | 5",
                "7 \u20AC | 7",
                ".5 | 1/2",
                "5. | 5",
                "1.5e3 | 1500",
                "1.5 \u00D7 10^3 | 1500",
                "1.5 \\times 10^{-1} | 3/20",
                "2.5 million | 2500000",
                "\\frac{3}{4} | 3/4",
                "2\\frac{1}{4} | 9/4",
                "\\dfrac12 | 1/2",
                "1{,}000 | 1000",
                "12\\,\\text{cm} | 12",
                "6/8 | 3/4",
            })
    void readsANumber(String text, String expected) {
        assertThat(Quantity.only(text, DecimalMark.GUESSED))
                .get()
                .extracting(Quantity::value)
                .isEqualTo(fraction(expected));
    }

    @ParameterizedTest
    @CsvSource({"'1.234', 1234", "'1,234', 617/500", "'1.234,5', 2469/2", "'0,5', 1/2", "'1.5', 3/2"})
    void aDecimalCommaMayBeSet(String text, String expected) {
        assertThat(Quantity.only(text, DecimalMark.COMMA))
                .get()
                .extracting(Quantity::value)
                .isEqualTo(fraction(expected));
    }

    @ParameterizedTest
    @CsvSource({"no number", "'1, 2'", "the 3rd", "x2", "'12.5.2020'"})
    void refusesWhatIsNotOneNumber(String text) {
        assertThat(Quantity.only(text, DecimalMark.GUESSED)).isEmpty();
    }

    @Test
    void findsAllNumbersOfAText() {
        assertThat(Quantity.all(
                        "Buy 3 pens at $1.50 each, 20% off, on the 2nd day: 5-3 left, -1 lost.", DecimalMark.GUESSED))
                .extracting(Quantity::number)
                .containsExactly("3", "1.50", "20", "5", "3", "-1");
    }

    @Test
    void knowsPercentAndUnit() {
        Quantity percent = Quantity.only("12.5 percent", DecimalMark.GUESSED).orElseThrow();
        assertThat(percent.percent()).isTrue();
        assertThat(percent.share()).isEqualTo(new BigFraction(1, 8));
        assertThat(Quantity.only("$4", DecimalMark.GUESSED).orElseThrow().unit())
                .isEqualTo("$");
        assertThat(Quantity.only("60 km/h", DecimalMark.GUESSED).orElseThrow().unit())
                .isEqualTo("km/h");
    }

    @Test
    void aLoopingModelsDigitsAreNotRead() {
        assertThat(Quantity.all("9".repeat(5000), DecimalMark.GUESSED)).isEmpty();
    }

    /** Any number of cents, written with grouped thousands in one of four styles, is read back. */
    @Test
    void readsBackWhatWasWritten() {
        Random random = new Random(4);
        String[][] styles = {{",", "."}, {".", ","}, {"'", "."}, {"\u202F", ","}};
        for (int i = 0; i < 2000; i++) {
            long cents = Math.abs(random.nextLong()) % (long) Math.pow(10, 1 + random.nextInt(12));
            String[] style = styles[random.nextInt(4)];
            String whole = Long.toString(cents / 100).replaceAll("(?<=\\d)(?=(\\d{3})+$)", style[0]);
            String text = whole + style[1] + String.format("%02d", cents % 100);
            assertThat(Quantity.only(text, DecimalMark.GUESSED))
                    .as(text)
                    .get()
                    .extracting(Quantity::value)
                    .isEqualTo(new BigFraction(java.math.BigInteger.valueOf(cents), java.math.BigInteger.valueOf(100)));
        }
    }

    private static BigFraction fraction(String text) {
        String[] parts = text.split("/");
        return new BigFraction(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
    }
}
