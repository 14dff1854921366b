package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which part of a text is the answer, over the forms in which models of many families write it. */
class AnswerRegionTest {

    private static AnswerChecker checker(String kind) {
        return kind.startsWith("L:")
                ? AnswerChecker.ofLabels(List.of(kind.substring(2).split(",")))
                : AnswerChecker.of(AnswerType.valueOf(kind), 0);
    }

    static Stream<Arguments> numbersBesideThoughts() {
        return Stream.of(
                arguments("NUMBER", "The final answer should be 18. She earns it in 2 days.", "18"),
                arguments("NUMBER", "Two are eaten, therefore 6 cookies are left.", "6"),
                arguments("NUMBER", "100 / 30 = 3.33\nSo they need 4 buses.", "4"),
                arguments("NUMBER", "<think>a 7</think>\n\n9", "9"),
                arguments("NUMBER", "bla 7 </think>\n\n9", "9"),
                arguments("NUMBER", "[THINK]7[/THINK]The answer is 9", "9"),
                arguments(
                        "NUMBER",
                        "<|begin_of_thought|> 7 <|end_of_thought|>\n<|begin_of_solution"
                                + "|>The answer is \\boxed{9}.<|end_of_solution|>",
                        "9"),
                arguments(
                        "NUMBER",
                        "<|channel|>analysis<|message|>The answer is"
                                + " 7<|end|><|start|>assistant<|channel|>final<|message|>The answer is 9<|return|>",
                        "9"),
                arguments("NUMBER", "analysisWe need 7.assistantfinalThe answer is 9.", "9"),
                arguments("NUMBER", "◁think▷7◁/think▷9", "9"),
                arguments("NUMBER", "<seed:think>7</seed:think>9", "9"),
                arguments("NUMBER", "<|START_THINKING|>7<|END_THINKING|>9", "9"));
    }

    static Stream<Arguments> markedNumbers() {
        return Stream.of(
                arguments("NUMBER", "<thinking>7</thinking><answer>9</answer>", "9"),
                arguments("NUMBER", "<reasoning>\n7\n</reasoning>\n<answer>\n9\n</answer>\n", "9"),
                arguments("NUMBER", "<answer>The answer is 9.</answer>", "9"),
                arguments("NUMBER", "<answer>$\\boxed{9}$</answer>", "9"),
                arguments("NUMBER", "<answer>4 + 5 = 9</answer>", "9"),
                arguments("NUMBER", "<Answer> 9 apples </Answer>", "9"),
                arguments("NUMBER", "<answer>9", "9"),
                arguments("NUMBER", "{\"reasoning\": \"4+5\", \"answer\": 9}", "9"),
                arguments("NUMBER", "```json\n{\"answer\": \"9 apples\", \"unit\": 5}\n```", "9"),
                arguments("NUMBER", "{'answer': '9'}", "9"),
                arguments("NUMBER", "{\"answer\": \"\\\\frac{1}{2}\"}", "1/2"),
                arguments("NUMBER", "{\"answer\": \"\\frac{1}{2}\"}", "1/2"),
                arguments("NUMBER", "{\"final_answer\": 9.0}", "9"),
                arguments("NUMBER", "5+4=9\n#### 9", "9"),
                arguments("NUMBER", "#### Final Answer\n9", "9"),
                arguments("NUMBER", "### Final Answer\n\n**9**", "9"),
                arguments("NUMBER", "Answer: 9", "9"),
                arguments("NUMBER", "**Final Answer:** $9", "9"),
                arguments("NUMBER", "ANSWER: 9 dollars per day", "9"),
                arguments("NUMBER", "Final answer: $\\boxed{9}$", "9"),
                arguments("NUMBER", "She eats 3.\nA: 9", "9"),
                arguments("NUMBER", "The answer to the question is 9.", "9"),
                arguments("NUMBER", "Thus, the answer would be 9 apples.", "9"),
                arguments("NUMBER", "Answer: Natalia sold 72 clips.", "72"),
                arguments("NUMBER", "The answer is that she has 72 clips left.", "72"),
                arguments("NUMBER", "The answer is x = 72.", "72"),
                arguments("NUMBER", "The answer is about 72.", "72"),
                arguments("NUMBER", "The answer is $1,200.50 per month.", "1200.5"),
                arguments("NUMBER", "The answer is **72**!", "72"),
                arguments("NUMBER", "The answer is 72 clips in May.", "72"),
                arguments("NUMBER", "The answer is 18 in all.", "18"),
                arguments("NUMBER", "The answer is\n\\[\n72\n\\]", "72"),
                arguments("NUMBER", "The answer is: $$72$$", "72"));
    }

    static Stream<Arguments> boxedNumbers() {
        return Stream.of(
                arguments("NUMBER", "There are \\boxed{2^{10}}.", "1024"),
                arguments("NUMBER", "\\boxed 9", "9"),
                arguments("NUMBER", "\\fbox{9}", "9"),
                arguments("NUMBER", "\\boxed{9\\text{ cm}}", "9"),
                arguments("NUMBER", "\\boxed{9\\,\\mathrm{cm}^2}", "9"),
                arguments("NUMBER", "\\boxed{90^\\circ}", "90"),
                arguments("NUMBER", "\\boxed{\\$9.50}", "9.5"),
                arguments("NUMBER", "\\boxed{15\\%}", "15"),
                arguments("NUMBER", "\\boxed{4a-2}", "4a-2"),
                arguments("NUMBER", "\\boxed{7\\pi}", "7\\pi"),
                arguments("NUMBER", "\\boxed{2\\sqrt{5}}", "2√5"),
                arguments("NUMBER", "\\boxed{\\frac{3\\sqrt{2}}{2}}", "\\dfrac{3\\sqrt{2}}{2}"),
                arguments("NUMBER", "\\boxed{(3,4)}", "(3, 4)"),
                arguments("NUMBER", "\\boxed{4{:}30}", "4:30"),
                arguments("NUMBER", "\\boxed{4:30\\text{ p.m.}}", "4:30 pm"),
                arguments("NUMBER", "\\boxed{x \\in [1,2)}", "x\\in[1, 2)"),
                arguments("NUMBER", "\\boxed{10!}", "10!"));
    }

    static Stream<Arguments> numbersInSentences() {
        return Stream.of(
                arguments("NUMBER", "The answer is 9, because 12 - 3 = 9.", "9"),
                arguments("NUMBER", "It is 5 + 4 = 9 apples.", "9"),
                arguments("NUMBER", "The answer is no solution.", "no solution"),
                arguments("NUMBER", "The price is 15*3=45. Answer: 45", "45"),
                arguments("NUMBER", "It costs $4.50.", "4.5"),
                arguments("NUMBER", "The result is 1,234.", "1234"),
                arguments("NUMBER", "Total: 5", "5"),
                arguments("NUMBER", "She has 12 pens and 4 boxes", "4"),
                arguments("NUMBER", "Since it is not 5, the answer is 6.", "6"),
                arguments("NUMBER", "A common wrong answer is 7. The answer is 6.", "6"),
                arguments("NUMBER", "The answer is 6. A common wrong answer is 7.", "6"),
                arguments("NUMBER", "Answer: Let us compute. 3 + 4 = 7.\nSo the answer is 7.", "7"),
                arguments("NUMBER", "Answer: First we add what she sold in April.\nThen 3 + 4 = 7.", "7"),
                arguments("QUANTITY", "The answer is 5 km.", "5000 m"),
                arguments("PERCENTAGE", "36 / 240 = 15 %", "15%"));
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                arguments("MULTIPLE_CHOICE", "The answer is (B), as (A) is too warm.", "B"),
                arguments("MULTIPLE_CHOICE", "Answer: B", "(B)"),
                arguments("MULTIPLE_CHOICE", "So it is B.", "B"),
                arguments("MULTIPLE_CHOICE", "I choose option C.", "C"),
                arguments("MULTIPLE_CHOICE", "<answer>B) blue</answer>", "B"),
                arguments("MULTIPLE_CHOICE", "The correct answer is B. blue", "B"),
                arguments("MULTIPLE_CHOICE", "The answer is A.", "A"),
                arguments("MULTIPLE_CHOICE", "A", "A"),
                arguments("MULTIPLE_CHOICE", "(A)", "A"),
                arguments("MULTIPLE_CHOICE", "The answer is option (D).", "D"),
                arguments("MULTIPLE_CHOICE", "B", "B"),
                arguments("MULTIPLE_CHOICE", "The answer is B because A is wrong.", "B"),
                arguments("MULTIPLE_CHOICE", "{\"answer\": \"C\"}", "C"),
                arguments("MULTIPLE_CHOICE", "(A) is neutral.\nThe best option is (B).", "B"));
    }

    static Stream<Arguments> textsAndLabels() {
        return Stream.of(
                arguments("TEXT", "So the answer is ) ].", ") ]"),
                arguments("TEXT", "<answer>\nwhite\n</answer>", "white"),
                arguments("TEXT", "So the answer is yes.", "true"),
                arguments("TEXT", "Too heavy. So we decline.", "we decline"),
                arguments("TEXT", "Too heavy. So we decline.", "decline"),
                arguments("TEXT", "The answer is \"Paris\".", "paris"),
                arguments("TEXT", "x \\ge 3", "x >= 3"),
                arguments("TEXT", "The answer is x > 3.", "x>3"),
                arguments("TEXT", "The answer is [1, 2).", "[1,2)"),
                arguments("L:approve,refer,decline", "We approve the request.", "approve"),
                arguments("L:approve,refer,decline", "Answer: Approve", "approve"),
                arguments(
                        "L:approve,refer,decline",
                        "The answer is **DECLINE**, because it is too heavy and not insured.",
                        "decline"),
                arguments("L:approve,refer,decline", "Too heavy. So we decline.", "decline"),
                arguments("L:eligible,not eligible", "The answer is not eligible.", "not eligible"),
                arguments("L:yes,no", "So the answer is no.", "no"),
                arguments("L:true,false", "No, whales are mammals. The answer is: yes", "true"),
                arguments("L:true,false", "No.", "false"),
                arguments("L:true,false", "The answer is no, because ice is not hot.", "false"),
                arguments("L:needs_review,ok", "The answer is needs review.", "needs_review"),
                arguments("L:high risk,low risk", "<answer>High-risk</answer>", "high risk"),
                arguments("SET", "The answer is {3, 1, 2}.", "1,2,3"),
                arguments("LIST", "\\boxed{(1, 2)}", "[1, 2]"),
                arguments("SET", "The answer is 3, 1 and 2.", "1,2,3"));
    }

    @ParameterizedTest
    @MethodSource({
        "numbersBesideThoughts",
        "markedNumbers",
        "boxedNumbers",
        "numbersInSentences",
        "choices",
        "textsAndLabels"
    })
    void aRightAnswerIsFound(String kind, String completion, String reference) {
        assertThat(checker(kind).extractRight(completion, reference)).isPresent();
    }

    /** The last column says whether the text, cut off at this place, has the answer 6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "The answer is 6 | false",
                "The answer is 6. Then | true",
                "\\boxed{6} | true",
                "\\boxed{6 | false",
                "\\boxed{6} or \\boxed{7 | false",
                "<answer>6</answer> and | true",
                "<answer>6 | false",
                "<answer>6</answer> <answer>7 | false",
                "#### 6 | false",
                "#### 6\\nQuestion | true",
                "Answer: 6\\nThat | true",
                "5 + 1 = 6 | false",
                "{\"answer\": 6 | false",
                "{\"answer\": 6} | true",
                "<think>\\boxed{6} | false",
                "<think>5</think>\\boxed{6} | true"
            })
    void aCutOffTextHasAnAnswerOnlyInAMarkThatItEnded(String text, boolean answered) {
        AnswerChecker numbers = AnswerChecker.of(AnswerType.NUMBER, 0);
        String completion = text.replace("\\n", "\n");
        assertThat(numbers.extractRight(completion, true, "6").isPresent()).isEqualTo(answered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>",
                "<thinking>",
                "<thought>",
                "<reasoning>",
                "[THINK]",
                "<|begin_of_thought|>",
                "<seed:think>",
                "<|START_THINKING|>",
                "\u25C1think\u25B7",
                "<|channel|>analysis<|message|>"
            })
    void aThoughtThatNeverEndsHasNoAnswer(String tag) {
        assertThat(AnswerRegion.of(tag + "The answer is 9. But", false)).isEmpty();
        assertThat(Thoughts.shown(tag + "The answer is 9. But")).isBlank();
    }

    @Test
    void theStrongestMarkDecidesAloneEvenIfItHoldsNoNumber() {
        AnswerChecker numbers = AnswerChecker.of(AnswerType.NUMBER, 0);
        assertThat(numbers.extract("The answer is 5. \\boxed{\\text{none}}")).contains("\\text{none}");
        assertThat(numbers.extract("#### 5\n<answer>unclear</answer>")).contains("unclear");
        assertThat(numbers.extract("Answer: 7\n#### 5")).contains("5");
    }

    /** Whatever answer a model writes, in whatever form, no other reference agrees with it. */
    @Test
    void noOtherReferenceAgrees() {
        Random random = new Random(11);
        List<String> forms = List.of(
                "%s",
                "The answer is %s.",
                "\\boxed{%s}",
                "<answer>%s</answer>",
                "#### %s",
                "Answer: %s",
                "{\"answer\": \"%s\"}");
        for (int i = 0; i < 1000; i++) {
            int right = random.nextInt(2000) - 500;
            int other = right + 1 + random.nextInt(300);
            String number = random.nextInt(3) == 0 ? right + "." + random.nextInt(1, 10) : String.valueOf(right);
            String form = forms.get(random.nextInt(forms.size()));
            AnswerChecker numbers = AnswerChecker.of(AnswerType.NUMBER, 0);
            assertThat(numbers.extractRight(form.formatted(number), number))
                    .as(form.formatted(number))
                    .isPresent();
            assertThat(numbers.extractRight(form.formatted(number), String.valueOf(other)))
                    .isEmpty();
            assertThat(numbers.extractRight(form.formatted(number + " or " + other), String.valueOf(other)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the answer is ",
                "\\boxed{",
                "\\boxed{}",
                "<answer>",
                "</answer>",
                "####",
                "Answer: ",
                "{\"answer\": ",
                "<think>",
                "</s>",
                "=1",
                "1,",
                "a b ",
                "(",
                "5 or ",
                "**",
                "*a",
                ". ",
                "1 ",
                "\n",
                "{",
                "[",
                "approve "
            })
    void aHugeTextTakesNoLongTime(String part) {
        String text = part.repeat(20_000 / part.length());
        for (AnswerType type : AnswerType.values()) {
            Optional<String> found =
                    AnswerChecker.of(type, 0, List.of("approve", "decline")).extract(text);
            assertThat(found)
                    .satisfies(answer -> assertThat(answer.orElse("").length()).isLessThanOrEqualTo(text.length()));
        }
    }
}
