package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;

class AnswerCheckerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NUMBER | 12 days ok; electronics 15%; 240 - 36 = 204 | 204",
                "NUMBER | First 5 + 3 = 8. So we get \\boxed{1{,}204}. | 1,204",
                "NUMBER | \\boxed{\\frac{3}{4}} | 3/4",
                "NUMBER | 48/2 = <<48/2=24>>24 clips\\n#### 72 | 72",
                "NUMBER | #### $70,000 | 70,000",
                "NUMBER | The answer is 4 + 3 = 7 apples. | 7",
                "NUMBER | **Answer:** -5 | -5",
                "NUMBER | Final answer: \\n\\n 42 | 42",
                "NUMBER | The answer is unclear, but 3 + 4 = 7 | unclear, but 3 + 4 = 7",
                "NUMBER | She has 12 pens and 4 boxes | 4",
                "NUMBER | 2 * 3 = 6 pens for 4 people | 6",
                "NUMBER | total = $1,250.50. | 1,250.50",
                "NUMBER | $400 000 - $282 000 = $118 000. | 118 000",
                "QUANTITY | It takes 3 1/2 hours. | 3 1/2 hours",
                "QUANTITY | so the price = \u20AC12 | \u20AC12",
                "PERCENTAGE | 36 / 240 = 15 % | 15%",
                "FRACTION | so 6/8 = 3 / 4 | 3 / 4",
                "MULTIPLE_CHOICE | The answer is (b). | B",
                "MULTIPLE_CHOICE | Answer: C) because it is blue | C",
                "MULTIPLE_CHOICE | I think A dog is best, so option D | D",
                "MULTIPLE_CHOICE | The correct option is A because dogs bark | A",
                "MULTIPLE_CHOICE | \\boxed{\\text{E}} | E",
                "TEXT | The answer is Paris. It is in France. | Paris",
                "TEXT | Some thought.\\nrefund refused | refund refused",
                "SET | The answer is {3, 1, 2}. | {3, 1, 2}",
                "REGEX | Answer: abc-12 | abc-12",
            })
    void findsTheAnswer(AnswerType type, String completion, String expected) {
        String text = completion.replace("\\n", "\n");
        assertThat(AnswerChecker.of(type, 0).extract(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n ", "no idea", "= = =", "x = 3 + 4"})
    void findsNoNumberWhereNoneIs(String completion) {
        assertThat(AnswerChecker.of(AnswerType.NUMBER, 0).extract(completion)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NUMBER | 70,000 | 70000 | true",
                "NUMBER | $18.00 | 18 | true",
                "NUMBER | 18 eggs | 18 | true",
                "NUMBER | 1 234,5 | 1,234.5 | true",
                "NUMBER | 3 1/2 | 3.5 | true",
                "NUMBER | 18 | 19 | false",
                "NUMBER | -18 | 18 | false",
                "NUMBER | x = 5 | 5 | true",
                "NUMBER | none | no answer | false",
                "NUMBER | No answer. | no answer | true",
                "NUMBER | 5 | no answer | false",
                "QUANTITY | 5 km | 5000 m | true",
                "QUANTITY | 90 minutes | 1.5 h | true",
                "QUANTITY | 50 cents | $0.50 | true",
                "QUANTITY | 5 | 5 km | true",
                "QUANTITY | 5 kg | 5 km | false",
                "QUANTITY | \u20AC5 | $5 | false",
                "QUANTITY | 5 red apples | 5 apples | true",
                "QUANTITY | 4 apples | 5 apples | false",
                "FRACTION | \\frac{6}{8} | 3/4 | true",
                "FRACTION | 0.75 | 3/4 | true",
                "FRACTION | 0.333 | 1/3 | false",
                "PERCENTAGE | 15 | 15% | true",
                "PERCENTAGE | 0.15 | 15 percent | true",
                "PERCENTAGE | 15% | 0.15 | true",
                "PERCENTAGE | 1.5% | 15% | false",
                "PERCENTAGE | 0.15% | 15% | false",
                "MULTIPLE_CHOICE | (b) | B | true",
                "MULTIPLE_CHOICE | B. a dog | b | true",
                "MULTIPLE_CHOICE | C | B | false",
                "MULTIPLE_CHOICE | 2 | B | false",
                "TEXT | The  Eiffel-Tower! | eiffel tower | true",
                "TEXT | A dog | dog | true",
                "TEXT | 3.5 | 35 | false",
                "SET | {3, 1, 2} | 1,2,3 | true",
                "SET | red, blue and green | green; red; blue | true",
                "SET | 1, 2 | 1, 2, 3 | false",
                "SET | 0.5, 2 | 2; 1/2 | true",
                "LIST | (1, 2) | [1, 2] | true",
                "LIST | (2, 1) | (1, 2) | false",
                "REGEX | ABC-12 | abc-\\d+ | true",
                "REGEX | abc- | abc-\\d+ | false",
            })
    void comparesAnswers(AnswerType type, String candidate, String reference, boolean expected) {
        assertThat(AnswerChecker.of(type, 0).matches(candidate, reference)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"100.9, 100, true", "101.1, 100, false", "0.009, 0, true", "0.011, 0, false", "-100.9, -100, true"})
    void toleranceIsAShareOfTheReferenceButOfOneForSmallOnes(String candidate, String reference, boolean expected) {
        assertThat(AnswerChecker.of(AnswerType.NUMBER, 0.01).matches(candidate, reference))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"NUMBER", "TEXT", "MULTIPLE_CHOICE", "SET", "REGEX"})
    void aMissingAnswerIsWrong(AnswerType type) {
        assertThat(AnswerChecker.of(type, 0).matches(null, "1")).isFalse();
    }

    @Test
    void namesItsSettings() {
        // what a checkpoint is recognised by
        assertThat(AnswerChecker.of(AnswerType.NUMBER, 0.5))
                .hasToString(AnswerChecker.of(AnswerType.NUMBER, 0.5).toString())
                .asString()
                .isNotEqualTo(AnswerChecker.of(AnswerType.NUMBER, 0).toString())
                .isNotEqualTo(AnswerChecker.of(AnswerType.QUANTITY, 0.5).toString())
                .isNotEqualTo(AnswerChecker.of(AnswerType.NUMBER, 0.5, DecimalMark.COMMA)
                        .toString());
        assertThat(AnswerChecker.of(AnswerType.SET, 0).toString())
                .isNotEqualTo(AnswerChecker.of(AnswerType.LIST, 0).toString());
        for (AnswerType type : AnswerType.values()) {
            assertThat(AnswerChecker.of(type, 0).toString()).doesNotContain("@");
        }
    }

    /** On a matcher that goes back, each of them takes ages, most without even looking at the answer. */
    @Test
    void noExpressionTakesForEver() {
        AnswerChecker checker = AnswerChecker.of(AnswerType.REGEX, 0);
        assertThat(checker.matches("a".repeat(40) + "!", "(a+)+")).isFalse();
        assertThat(checker.matches("a".repeat(200) + "!", "(a*)*b")).isFalse();
        assertThat(checker.matches("a", "(?:|)".repeat(60) + "b")).isFalse();
        assertThat(checker.matches("ab".repeat(50_000), "(a|b)*")).isTrue();
        assertThat(checker.matches("a".repeat(15_000_000), "(a|b)*")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{100}){100}){100}", "(?:(?:){2000000}){1000000000}", "([^]{]{9}){999}", "a{5001}"})
    void anExpressionThatRepeatsTooMuchIsNamed(String expression) {
        assertThatThrownBy(() -> AnswerChecker.of(AnswerType.REGEX, 0).matches("a", expression))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(expression + "\" is not a regular expression that can be used: it repeats");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=a)b", "(a)\\1", "(", "["})
    void whatIsNoExpressionOfRe2IsNamed(String expression) {
        assertThatThrownBy(() -> AnswerChecker.of(AnswerType.REGEX, 0).matches("a", expression))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Expressions are those of RE2");
    }

    @ParameterizedTest
    @CsvSource({
        "ABC-12, abc-\\D?\\d+",
        "abc, (?i)A[B-D]C",
        "abc, (?i:A)B\\Q.C\\E|ABC",
        "A.C, \\QA.c\\E",
        "Straße Ä, STRAßE \\p{Lu}",
        "İstanbul, [İIıi]̇?STANBUL",
        "ᲀ, [Вᲀ]",
        "Xy, (?P<Name>x)Y",
        "AB, \\x41\\x{42}",
    })
    void caseNeverMattersInAnExpression(String answer, String expression) {
        AnswerChecker checker = AnswerChecker.of(AnswerType.REGEX, 0);
        assertThat(checker.matches(answer, expression)).isTrue();
        assertThat(checker.matches(answer + "!", expression)).isFalse();
    }

    @Test
    void countsThatAreUsualAreNot() {
        AnswerChecker checker = AnswerChecker.of(AnswerType.REGEX, 0);
        assertThat(checker.matches("12,345,678.50", "\\d{1,3}(,\\d{3}){0,4}(\\.\\d{1,10})?"))
                .isTrue();
        assertThat(checker.matches("it is foo, I think", ".{0,200}foo.{0,200}")).isTrue();
        assertThat(checker.matches("{a}", "[{]a[\\]}]")).isTrue();
    }

    @Test
    void aBrokenExpressionIsNamed() {
        assertThatThrownBy(() -> AnswerChecker.of(AnswerType.REGEX, 0).matches("a", "(a"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("\"(a\" is not a regular expression");
    }

    @Test
    void aNegativeToleranceIsRefused() {
        assertThatThrownBy(() -> AnswerChecker.of(AnswerType.NUMBER, -1))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tolerance");
    }

    @Test
    void guessesTheTypeFromReferences() {
        assertThat(AnswerType.guess(List.of("18", "70,000", "-3.5", ""))).isEqualTo(AnswerType.NUMBER);
        assertThat(AnswerType.guess(List.of("1/2", "3", "\\frac{3}{4}"))).isEqualTo(AnswerType.FRACTION);
        assertThat(AnswerType.guess(List.of("15%", "2 percent"))).isEqualTo(AnswerType.PERCENTAGE);
        assertThat(AnswerType.guess(List.of("5 km", "$3", "2 hours"))).isEqualTo(AnswerType.QUANTITY);
        assertThat(AnswerType.guess(List.of("A", "c", "(D)"))).isEqualTo(AnswerType.MULTIPLE_CHOICE);
        assertThat(AnswerType.guess(List.of("{1, 2}", "{3}"))).isEqualTo(AnswerType.SET);
        assertThat(AnswerType.guess(List.of("(1, 2)", "[3, 4]"))).isEqualTo(AnswerType.LIST);
        assertThat(AnswerType.guess(List.of("Paris", "18"))).isEqualTo(AnswerType.TEXT);
        assertThat(AnswerType.guess(List.of())).isEqualTo(AnswerType.TEXT);
    }
}
