package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A comma or a point in a number is read as in the numbers that stand beside it. */
class DecimalMarkTest {

    private static final List<String> EUROS = List.of("12,40 €", "1.250 €", "2.000,00 €", "0,80 €", "7 €");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.250 € | 1.250 €",
                "1.250 € | 1250 €",
                "1.250 € | 1.250,00 €",
                "2.000,00 € | 2.000 €",
                "12,40 € | 12,4",
                "12,40 € | 12.40 EUR",
                "0,80 € | 0,8 €",
                "7 € | 7,00 €"
            })
    void amountsBesideOthersWithADecimalComma(String reference, String given) {
        assertThat(euros().extractRight("The answer is " + given + ".", reference))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.250 € | 1,25 €",
                "1.250 € | 1.25 €",
                "2.000,00 € | 2,00 €",
                "2.000,00 € | 2,000 €",
                "12,40 € | 1240 €",
                "12,40 € | 1.240 €"
            })
    void aThousandIsNoUnit(String reference, String given) {
        assertThat(euros().extractRight("The answer is " + given + ".", reference))
                .isEmpty();
    }

    @Test
    void aCommaBetweenTwoValuesIsNoDecimalComma() {
        List<String> lists = List.of("[1,2]", "[3,4]", "[1250,2]");
        assertThat(AnswerChecker.of(AnswerType.LIST, 0, lists).extractRight("The answer is [1.250,2].", "[1250,2]"))
                .isEmpty();
        assertThat(DecimalMark.of(List.of("12", "(1,2)", "1250"))).isEqualTo(DecimalMark.GUESSED);
    }

    private static AnswerChecker euros() {
        return AnswerChecker.of(AnswerType.NUMBER, 0, EUROS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12.50,1,234,7", "1,234;5,678;3", "1,234;0.5", "1.250;3.125", "12,40;12.40", "1,234;2,345;3,5"})
    void whatIsNotSureIsGuessedByTheFormOfEachNumber(String numbers) {
        assertThat(DecimalMark.of(List.of(numbers.split(";")))).isEqualTo(DecimalMark.GUESSED);
    }

    @Test
    void manyNotationsOfADecimalComma() {
        for (String number : List.of("0,125", "1.234,5", "3,5 %", "-4,25", "12,3456", "1 234,50 €", "€ 5,00")) {
            assertThat(DecimalMark.of(List.of(number, "7"))).as(number).isEqualTo(DecimalMark.COMMA);
        }
    }
}
