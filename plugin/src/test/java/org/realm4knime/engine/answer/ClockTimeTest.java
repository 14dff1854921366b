package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times among reference answers, which are guessed to be texts. */
class ClockTimeTest {

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
