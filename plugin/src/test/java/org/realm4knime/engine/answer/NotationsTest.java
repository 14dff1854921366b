package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notations of public data sets and of models: what is the same answer, and what only looks like it. */
class NotationsTest {

    private static boolean right(String kind, String completion, String reference) {
        AnswerChecker checker = kind.startsWith("L:")
                ? AnswerChecker.ofLabels(List.of(kind.substring(2).split(",")))
                : AnswerChecker.of(AnswerType.valueOf(kind), 0);
        return checker.extractRight(completion.replace("¶", "\n"), reference.replace("¶", "\n"))
                .isPresent();
    }

    @Test
    void aUnitInBracketsLeavesANumberANumber() {
        assertThat(AnswerType.guess(List.of("9 (apples)", "3 (hours)"))).isEqualTo(AnswerType.NUMBER);
        assertThat(right("NUMBER", "The answer is 9.", "9 (apples)")).isTrue();
        assertThat(AnswerType.guess(List.of("$1/3$", "$\\frac{1}{2}$"))).isEqualTo(AnswerType.FRACTION);
    }

    @Test
    void aKindThatTheReferencesAreNotOfIsNamed() {
        assertThat(AnswerType.mismatch(AnswerType.NUMBER, List.of("02:58", "00:41", "7")))
                .hasValue("'Kind of answer' is 'Number', but 2 of 3 reference answers are of another kind, such as"
                        + " '02:58'. By their looks they are of the kind 'Text': choose that, or 'Guess'.");
        assertThat(AnswerType.mismatch(AnswerType.MULTIPLE_CHOICE, List.of("red", "blue")))
                .isPresent();
        assertThat(AnswerType.mismatch(AnswerType.MULTIPLE_CHOICE, List.of("(A)", "B) blue", "3")))
                .isEmpty();
        assertThat(AnswerType.mismatch(AnswerType.NUMBER, List.of("9 (apples)", "$5", "", "none")))
                .isEmpty();
        assertThat(AnswerType.mismatch(AnswerType.TEXT, List.of("5", "6"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NUMBER | 1 000 | 1000",
                "NUMBER | She pays 12 000 dollars. | 12000",
                "NUMBER | 3 * 4 000 = 12 000 | 12000",
                "NUMBER | That is \u202F18\u202F€. | 18",
                "NUMBER | => 18 | 18",
                "NUMBER | The answer is 18 (eighteen). | 18",
                "NUMBER | The answer is twenty-one (21). | 21",
                "NUMBER | That is 4 \u20AC (four euros). | 4",
                "NUMBER | The answer is \u20AC 4.00 \u20AC. | 4",
                "NUMBER | Also 1.200,- \u20AC | 1200",
                "NUMBER | 2 h 30 min = 150 min | 150",
                "NUMBER | for 3 nights, 90 euros | 90",
                "NUMBER | 2 days 60 euros | 60",
                "QUANTITY | Es dauert 2 Stunden. | 120 minutes",
                "NUMBER | Answer: 18 \u2705 | 18",
                "NUMBER | The answer is 18\u200B. | 18",
                "NUMBER | The answer is <b>18</b>. | 18",
                "NUMBER | Answer: $18/day | 18",
                "NUMBER | The answer is 6, not 5. | 6",
                "NUMBER | 答案是18。 | 18",
                "NUMBER | 共18个 | 18",
                "NUMBER | Final Answer: The largest $n$ is 34. | 34",
                "NUMBER | Final Answer: The final answer is $14{,}916$. I hope it is correct. | 14916",
                "NUMBER | \\boxed{11,\\! 111} | 11111",
                "NUMBER | \\boxed{125~\\textnormal{miles}} | 125",
                "NUMBER | \\boxed{\\bf 125} | 125",
                "NUMBER | \\boxed{18 \\, €} | 18",
                "NUMBER | \\boxed{144\\text{ square inches}} | 144",
                "FRACTION | \\boxed{\\frac1{3}} | 1/3",
                "FRACTION | \\boxed{\\frac{1}3} | 1/3",
                "FRACTION | \\boxed{{1 \\over 3}} | 1/3",
                "FRACTION | \\boxed{\\frac{-1}{3}} | -1/3",
                "FRACTION | \\boxed{\\frac{1}{-3}} | -1/3",
                "FRACTION | \\boxed{2\\,\\frac{1}{3}} | 7/3",
                "QUANTITY | 18 km/h | 5 m/s",
                "QUANTITY | 500 cm^2 | 0.05 m^2",
                "QUANTITY | 3 square meters | 3 m^2",
            })
    void numbersAreRead(String kind, String completion, String reference) {
        assertThat(right(kind, completion, reference)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NUMBER | So x <= 5. | 5",
                "NUMBER | So x >= 5. | 5",
                "NUMBER | So x != 5. | 5",
                "NUMBER | So x \\neq 5. | 5",
                "NUMBER | So x \\leq 5. | 5",
                "NUMBER | $\\frac{1+\\sqrt{5}}{2}$ | 2",
                "NUMBER | So it is (a+b)/(2). | 2",
                "NUMBER | So it is (a+b)(2). | 2",
                "NUMBER | So it is f(18). | 18",
                "NUMBER | AZYUK2A | 2",
                "NUMBER | 1 000 | 0",
                "NUMBER | 7 18 | 18",
                "NUMBER | It costs $18k. | 18",
                "NUMBER | at most 18 | 18",
                "NUMBER | It is over 18. | 18",
                "NUMBER | half of 18 | 18",
                "NUMBER | 18 and a half | 18",
                "NUMBER | 18 or so | 18",
                "NUMBER | log 18 | 18",
                "NUMBER | Step 18 | 18",
                "NUMBER | 18\u2030 | 18",
                "NUMBER | It takes 2 h 18 min. | 18",
                "NUMBER | It takes 2 h 18 min. | 2",
                "NUMBER | The time = 2 hours, 18 minutes | 2",
                "NUMBER | It takes 2h18. | 2",
                "NUMBER | It costs 4 euros and 18 cents. | 18",
                "NUMBER | 4\u20AC18 | 18",
                "NUMBER | He is 5 feet 11 inches tall. | 11",
                "NUMBER | Es dauert 2 Stunden und 18 Minuten. | 18",
                "NUMBER | The answer is 18 (twelve). | 18",
                "NUMBER | The answer is 18 (twelve). | 12",
                "NUMBER | 18\u4E07 | 18",
                "NUMBER | $x=\\boxed{1}$ and $x=\\boxed{3}$ | 3",
                "NUMBER | \\boxed{1}, \\boxed{2}, \\boxed{3} | 3",
                "FRACTION | \\boxed{x\\frac{-1}{3}} | -1/3",
                "QUANTITY | 5 km/h | 5 m/s",
                "QUANTITY | 5 s/m | 5 m/s",
                "QUANTITY | 5 m | 5 m^2",
                "QUANTITY | 5 cm^2 | 5 cm^3",
                "QUANTITY | 5 °F | 5 °C",
                "QUANTITY | 3 GB | 3 MB",
                "QUANTITY | 3 MW | 3 mW",
                "QUANTITY | 5 kW | 5 kWh",
                "QUANTITY | 10 km/h | 10 mph",
            })
    void otherNumbersAreNotTaken(String kind, String completion, String reference) {
        assertThat(right(kind, completion, reference)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TEXT | The answer is 1,000. | 1000",
                "TEXT | \\boxed{0.5} | \\frac{1}{2}",
                "TEXT | \\boxed{18\\text{ eggs}} | 18",
                "TEXT | \\boxed{50\\%} | 50",
                "TEXT | \\boxed{5} | x=5",
                "TEXT | So $f(x)=x^2$. | f(x)=x^2",
                "TEXT | \\boxed{(3,2)} | (p,q)=(3,2)",
                "TEXT | \\boxed{x \\in [-2,7]} | [-2,7]",
                "TEXT | x <= 5 | x \\leq 5",
                "TEXT | \\boxed{(3, \\pi/2)} | \\left( 3, \\frac{\\pi}{2} \\right)",
                "TEXT | \\boxed{\\sqrt{3}/2} | \\frac{\\sqrt{3}}{2}",
                "TEXT | \\boxed{4210_5} | 4210_{5}",
                "TEXT | \\boxed{C} | \\text{(C)}",
                "TEXT | The answer is:¶5 3 0¶1 2 3 | 5 3 0¶1 2 3",
                "TEXT | It is solved.¶5 3 0¶1 2 3 | 5 3 0¶1 2 3",
                "SET | The answer is (3, 4) and (1, 2). | (1,2),(3,4)",
                "SET | \\boxed{\\{(3, 0.5), (1, 2)\\}} | {(1, 2), (3, 1/2)}",
                "SET | $\\boxed{1}$, $\\boxed{2}$ and $\\boxed{3}$ | 3, 2, 1",
                "SET | x=2 or x=1 | x=1 or x=2",
                "SET | They are:¶- a¶- b¶- c | c, b, a",
                "SET | The answer is:¶1. a¶2. b | a, b",
                "SET | The answer is 3 m, 5000 m. | 5 km, 3 m",
                "LIST | [[1, 2], [3, 4]] | [[1,2],[3,4]]",
            })
    void textsAndCollectionsAreTheSame(String kind, String completion, String reference) {
        assertThat(right(kind, completion, reference)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TEXT | So x <= 5. | 5",
                "TEXT | The answer is 7. | 007",
                "TEXT | \\boxed{y=5} | x=5",
                "TEXT | \\boxed{4210} | 4210_{5}",
                "TEXT | \\boxed{2} | \\frac{\\sqrt{3}}{2}",
                "SET | (1, 4), (3, 2) | (1, 2), (3, 4)",
                "SET | The answer is (3,2),(1,4). | (1,2),(3,4)",
                "SET | [1, 4], [3, 2] | [1, 2], [3, 4]",
                "SET | The answer is Apollo 13, Gemini 11. | Apollo 11, Apollo 13",
                "LIST | Gemini 11, Apollo 13 | Apollo 11, Apollo 13",
                "SET | The answer is 5 m, 3 km. | 5 km, 3 m",
                "SET | The answer is 3 apples, 5 pears. | 5 apples, 3 pears",
                "LIST | [[1, 2, 3], [4]] | [[1,2],[3,4]]",
                "LIST | (1, 2] | (1, 2)",
            })
    void textsAndCollectionsDiffer(String kind, String completion, String reference) {
        assertThat(right(kind, completion, reference)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "L:father,father-in-law | Answer: father\u2011in\u2011law | father-in-law",
                "L:mother,wife | Amelia is his wife, not his mother. | wife",
                "L:yes,no | Yes, 2068 is divisible by 4 and not by 100. | Yes",
                "L:Monday,Tuesday | It falls on a Tuesday. | Tuesday",
                "MULTIPLE_CHOICE | The answer is B, not A. | B",
                "MULTIPLE_CHOICE | The answer is B (not A). | B",
                "MULTIPLE_CHOICE | B. Because A and C are wrong. | B",
                "MULTIPLE_CHOICE | A is correct. | A",
                "MULTIPLE_CHOICE | So A is right. | A",
                "MULTIPLE_CHOICE | Option 3 | 3",
                "MULTIPLE_CHOICE | 答案是B | B",
                "L:yes,no | No, a pear would not sink. | no",
                "L:yes,no | Yes, it is not a problem. | yes",
                "L:yes,no | Yes. It would not sink. | yes",
                "L:positive,negative | The review is negative, not positive. | negative",
                "L:true,false,unknown | It cannot be false, so it is true. | true",
                "L:true,false,unknown | Unknown (neither true nor false). | unknown",
            })
    void choicesAndLabelsAreRead(String kind, String completion, String reference) {
        assertThat(right(kind, completion, reference)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "L:Monday,Tuesday | The answer is the day before Tuesday. | Tuesday",
                "L:Monday,Tuesday | The answer is the eve of Tuesday. | Tuesday",
                "L:father,father-in-law | Answer: father\u2011in\u2011law | father",
                "L:father,father-in-law | Answer: father\u2013in\u2013law | father",
                "MULTIPLE_CHOICE | B-12 | B",
                "MULTIPLE_CHOICE | A > B | B",
                "MULTIPLE_CHOICE | B. Wait, it is C. | B",
                "MULTIPLE_CHOICE | B. So the answer is C. | B",
                "MULTIPLE_CHOICE | The answer is B, not really. | B",
                "L:yes,no | Yes and no. | yes",
                "L:yes,no | yes/no | yes",
                "L:yes,no | I doubt the answer is yes. | yes",
                "L:yes,no | Yes, not really. | yes",
                "L:yes,no | Yes, but it would not float. | yes",
                "L:yes,no | Yes. No, that is wrong. | yes",
                "L:approve,decline | Approve, never. | approve",
                "L:approve,decline | Approve. We do not decline. | decline",
            })
    void otherChoicesAndLabelsAreNotTaken(String kind, String completion, String reference) {
        assertThat(right(kind, completion, reference)).isFalse();
    }
}
