package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and dates among reference answers, which are guessed to be texts. */
class MomentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14:30 | 14.30",
                "14:30 | 2:30 pm",
                "14:30 | 2:30 P.M.",
                "14:30 | 14:30 h",
                "14:30 | 14h30",
                "14:30 | at 14:30",
                "14:30 | 14:30:00",
                "14:30 | 14:30 o'clock",
                "17:45 | 17:45 Uhr",
                "17:45 | um 17.45 Uhr",
                "8:15 | 08:15",
                "08:15 | 8:15 am",
                "0:20 | 12:20 am",
                "12:20 | 12:20 pm",
                "2:30 pm | 14:30",
                "02:58 | 2:58"
            })
    void oneTimeInManyNotations(String reference, String given) {
        assertThat(times().extractRight("So it ends then. The answer is " + given + ".", reference))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14:30 | 14:31",
                "14:30 | 2:30",
                "14:30 | 2:30 am",
                "14:30 | 14:30 or 15:30",
                "14:30 | 14:30 on Monday",
                "9:05 | 9:50",
                "9:05 | 9:05 pm",
                "9:05 | 9.5",
                "8:15 | 8:51",
                "8:15 | 18:15",
                "23:10 | 23:1",
                "2:30 pm | 2:30",
                "14:30 | 1430"
            })
    void otherTimes(String reference, String given) {
        assertThat(times().extractRight("So it ends then. The answer is " + given + ".", reference))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "02:58 | So it took 2 h 58 min.",
                "02:58 | It took 2:58 hours in total.",
                "02:58 | Answer: 02:58 (2 hours 58 minutes)",
                "02:58 | The answer is **2h 58m**.",
                "02:58 | The answer is 178 minutes.",
                "02:58 | Es dauert 2 Stunden und 58 Minuten.",
                "02:58 | 22:42 - 19:44 -> 2:58",
                "02:58 | 22:42 - 19:44 = 2:58",
                "02:58 | Duration: 02:58",
                "02:58 | The answer is 02:58 (HH:MM).",
                "11:08 | It lasted 11 h 8 min, i.e. 11:08.",
                "00:35 | The answer is 35 minutes.",
                "05:00 | The answer is 5 hours.",
                "02:30 | The answer is 2.5 hours.",
                "34 days | It took 34 days.",
                "1 days | The answer is 1 day.",
                "18 days, 21:21:12 | The answer is 18 days, 21 hours, 21 minutes and 12 seconds.",
                "18 days, 21:21:12 | The call lasted 18 days 21:21:12.",
                "05/14/2022 | Today is the 13th, so tomorrow's date is 05/14/2022.",
                "05/14/2022 | The answer is May 14, 2022.",
                "05/14/2022 | The answer is 5/14/2022.",
                "05/14/2022 | It is the 14th of May 2022.",
                "05/14/2022 | The answer is 2022-05-14.",
                "05/06/2022 | It is 5/6/2022 (a Friday).",
                "14.05.2022 | Es ist der 14. Mai 2022.",
                "2022-05-14 | It is Saturday, May 14th, 2022.",
            })
    void momentsInSentences(String reference, String completion) {
        assertThat(right(reference, completion)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "02:58 | The answer is 2.58 hours.",
                "02:58 | The answer is $2.58.",
                "02:58 | The answer is 2:58 pm.",
                "02:58 | The answer is 2:58 minutes.",
                "02:58 | The answer is 02:58:30.",
                "02:58 | It took 2 h 58 min, or 3 h.",
                "02:58 | It is before 02:58.",
                "02:58 | It is not 02:58.",
                "02:58 | From 02:58 to 14:44.",
                "02:58 | It took 2 h 58 min and 3 stops.",
                "02:58 | Is it 02:58?",
                "02:58 | The 02:58 train",
                "00:35 | The answer is 35 seconds.",
                "00:35 | The answer is 35:00.",
                "05:00 | The answer is 5 minutes.",
                "07:04 | The answer is -07:04.",
                "11:08 | The answer is 11:80.",
                "34 days | The answer is 34 weeks.",
                "34 days | The answer is 34 hours.",
                "18 days, 21:21:12 | The answer is 18 days.",
                "18 days, 21:21:12 | The answer is 18 days, 21:12:21.",
                "05/14/2022 | The answer is 05/14/2021.",
                "05/14/2022 | The answer is 05/14.",
                "05/06/2022 | The answer is 06/05/2022.",
                "05/06/2022 | The answer is May 6, 2022.",
                "05/14/2022 | It is the day after May 14, 2022.",
                "05/14/2022 | The answer is 13/45/2022.",
                "5 m | The answer is 300 s.",
                "at home | The answer is 14:30.",
            })
    void otherMomentsInSentences(String reference, String completion) {
        assertThat(right(reference, completion)).isFalse();
    }

    private static boolean right(String reference, String completion) {
        return AnswerChecker.of(AnswerType.TEXT, 0)
                .extractRight(completion, reference)
                .isPresent();
    }

    @Test
    void numbersAreNoTimes() {
        AnswerChecker texts = AnswerChecker.of(AnswerType.TEXT, 0);
        assertThat(texts.extractRight("The answer is 14:30.", "14.30")).isEmpty();
        assertThat(texts.extractRight("The answer is 3.05.", "3:50")).isEmpty();
    }

    private static AnswerChecker times() {
        List<String> references = List.of("14:30", "9:05", "08:15", "17:45", "2:30 pm", "23:10");
        AnswerType kind = AnswerType.guess(references);
        assertThat(kind).isEqualTo(AnswerType.TEXT);
        return AnswerChecker.of(kind, 0, references);
    }
}
