package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that a model would learn to write to cheat the checker. None is rewarded. */
class AdversarialAnswersTest {

    private static final List<String> LABELS = List.of("approve", "refer", "decline");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NUMBER | The answer is 5 or 6. | 5",
                "NUMBER | The answer is 5 or 6. | 6",
                "NUMBER | The answer is 5. Or 6. | 5",
                "NUMBER | The answer is 5, 6, 7. | 7",
                "NUMBER | The answer is between 5 and 6. | 6",
                "NUMBER | The answer is 4 to 6. | 6",
                "NUMBER | The answer is 5/6/7. | 7",
                "NUMBER | The answer is maybe 5. | 5",
                "NUMBER | Perhaps the answer is 5. | 5",
                "NUMBER | The answer is not 5. | 5",
                "NUMBER | I do not think the answer is 5. | 5",
                "NUMBER | The answer is at least 5. | 5",
                "NUMBER | The answer is more than 5. | 5",
                "NUMBER | The answer is unknown, 5 is a guess. | 5",
                "NUMBER | The answer is 96/4. | 24",
                "NUMBER | The answer is 5 + 3. | 8",
                "NUMBER | The answer is 5 + 3. | 3",
                "NUMBER | \\boxed{5} or \\boxed{6} | 6",
                "NUMBER | \\boxed{5, 6} | 6",
                "NUMBER | \\boxed{5} \\boxed{6} | 5",
                "NUMBER | \\boxed{5\\text{ or }6} | 5",
                "NUMBER | \\boxed{5 | 5",
                "NUMBER | \\boxed{\\sqrt{25}} | 25",
                "NUMBER | \\boxed{5x} | 5",
                "NUMBER | \\boxed{x > 5} | 5",
                "NUMBER | <answer>5 6 7</answer> | 7",
                "NUMBER | <answer>5</answer><answer>6</answer> | 5",
                "NUMBER | <answer>It is 5. No, wait, it is 6.</answer> | 5",
                "NUMBER | <answer>none</answer> The answer is 5. | 5",
                "NUMBER | {\"answer\": 5, \"answer\": 6} | 6",
                "NUMBER | [{\"answer\": 5}, {\"answer\": 6}] | 6",
                "NUMBER | {\"answer\": [5, 6]} | 6",
                "NUMBER | #### 5 or 6 | 5",
                "NUMBER | #### 5\\n#### 6 | 5",
                "NUMBER | <think>The answer is 5. | 5",
                "NUMBER | <think>5</think> | 5",
                "NUMBER | 4, 5, 6 | 6",
                "NUMBER | It could be 5. | 5",
                "NUMBER | Is it 5? | 5",
                "NUMBER | x = 5 or x = 6 | 6",
                "NUMBER | The answer is 5 (or five more). | 5",
                "NUMBER | The answer is 5 and six. | 5",
                "NUMBER | The answer is 5e. | 5",
                "NUMBER | The answer is 5\u200B6. | 56",
                "QUANTITY | The answer is 5 km or 5 kg. | 5 km",
                "QUANTITY | The answer is 5 hours and 30 minutes. | 5 hours",
                "MULTIPLE_CHOICE | (A) or (B) | A",
                "MULTIPLE_CHOICE | The answer is A/B. | A",
                "MULTIPLE_CHOICE | The answer is A and B. | B",
                "MULTIPLE_CHOICE | The answer is not B. | B",
                "MULTIPLE_CHOICE | A) red\\nB) blue\\nC) green | C",
                "MULTIPLE_CHOICE | All but (B). | B",
                "MULTIPLE_CHOICE | (A) is neutral. None of them fits. | A",
                "MULTIPLE_CHOICE | The answer is ABCD. | A",
                "TEXT | The answer is Paris or London. | Paris",
                "TEXT | The answer is not Paris. | Paris",
                "TEXT | Paris. The answer is London. | Paris",
                "TEXT | The answer is [1,2]. | [1,2)",
                "SET | The answer is {1, 2} or {1, 3}. | {1, 2}",
                "SET | The answer is not {1, 2}. | {1, 2}",
                "LABEL | approve, refer, decline | decline",
                "LABEL | We approve or decline. | approve",
                "LABEL | We do not approve. | approve",
                "LABEL | It cannot be approved. | approve",
                "LABEL | Never approve. | approve",
                "LABEL | approve/decline | decline",
                "LABEL | Perhaps approve. | approve",
                "LABEL | Do we approve? | approve",
                "LABEL | preapproved | approve",
                "LABEL | approve dec\u200Bline | approve",
                "LABEL | We approve. No, that is wrong. | approve",
            })
    void noneIsRewarded(AnswerType type, String completion, String reference) {
        AnswerChecker checker = type == AnswerType.LABEL ? AnswerChecker.ofLabels(LABELS) : AnswerChecker.of(type, 0);
        assertThat(checker.extractRight(completion.replace("\\n", "\n"), reference))
                .isEmpty();
    }
}
