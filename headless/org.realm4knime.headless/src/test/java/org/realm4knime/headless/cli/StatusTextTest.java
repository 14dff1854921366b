package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTextTest {

    /** What the trainers say, at its longest. */
    private static final String MESSAGE = "Step 228 of 1000, loss 0.013, reward 0.62, held-out accuracy 0.81, guidance"
            + " 0.25, KL 0.0004, entropy 0.30, 17,400 tokens/s, 1 h 28 min left";

    @Test
    void keepsBarStepRewardAndTimeLeftAtEightyColumns() {
        assertThat(StatusText.progress(0.228, MESSAGE, 79))
                .isEqualTo("  [====            ]  22%  Step 228 of 1000, reward 0.62, 1 h 28 min left")
                .hasSizeLessThan(80);
    }

    @Test
    void tellsAllWhereThereIsRoom() {
        assertThat(StatusText.progress(0.228, MESSAGE, 250)).endsWith(MESSAGE);
    }

    @Test
    void keepsTheTimeLeftLongest() {
        assertThat(StatusText.progress(0.228, MESSAGE, 44)).isEqualTo("  [====            ]  22%  1 h 28 min left");
    }

    @Test
    void shortensAMessageThatIsTooLong() {
        assertThat(StatusText.progress(-1, "Copying a file with a very long name to a far place", 20))
                .isEqualTo("  Copying a file ...");
        assertThat(StatusText.progress(1, "", 60)).isEqualTo("  [================] 100%  ");
    }

    @Test
    void theTitleGivesWayToTheTime() {
        assertThat(StatusText.title("[12/14] ReaLM Trainer (#11) Train until it stands alone", "1 h 02 min so far", 79))
                .isEqualTo("[12/14] ReaLM Trainer (#11) Train until it stands alone  (1 h 02 min so far)");
        assertThat(StatusText.title("[12/14] ReaLM Trainer (#11) Train until it stands alone", "1 h 02 min so far", 50))
                .isEqualTo("[12/14] ReaLM Trainer (#11...  (1 h 02 min so far)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20, 40, 79, 200})
    void noLineIsLongerThanTheTerminal(int width) {
        assertThat(StatusText.progress(0.5, MESSAGE, width)).hasSizeLessThanOrEqualTo(width);
        assertThat(StatusText.title("[12/14] ReaLM Trainer (#11)", "2 min so far", width))
                .hasSizeLessThanOrEqualTo(width);
    }
}
