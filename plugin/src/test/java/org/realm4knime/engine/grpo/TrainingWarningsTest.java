package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.LogRowOf;

class TrainingWarningsTest {

    private static final GrpoSettings SETTINGS = GrpoSettings.DEFAULT;

    private static LogRow row(int step, double reward, double format, double zeroVariance, double truncated) {
        return LogRowOf.row(step, reward, format, zeroVariance, truncated, 0, 12);
    }

    @Test
    void saysNothingAboutAHealthyRun() {
        List<LogRow> log = List.of(row(1, 0.4, 0.9, 0.3, 0.1), row(2, 0.5, 0.9, 0.4, 0));

        assertThat(TrainingWarnings.of(log, SETTINGS)).isEmpty();
        assertThat(TrainingWarnings.of(List.of(), SETTINGS)).isEmpty();
    }

    @Test
    void seesThatNearlyAllCompletionsAreCutOff() {
        List<LogRow> log = List.of(row(1, 0.1, 0.05, 0.5, 0.95), row(2, 0.2, 0.05, 0.5, 0.97));

        assertThat(TrainingWarnings.of(log, SETTINGS))
                .singleElement()
                .asString()
                .contains("cut off");
    }

    @Test
    void seesThatNoAnswerWasEverRead() {
        List<LogRow> log = List.of(row(1, 0.1, 0, 0.5, 0), row(2, 0.2, 0, 0.5, 0));

        assertThat(TrainingWarnings.of(log, SETTINGS))
                .singleElement()
                .asString()
                .contains("could be read");
    }

    @Test
    void seesAConstantReward() {
        List<LogRow> log = List.of(row(1, 1, 1, 1, 0), row(2, 1, 1, 1, 0));

        assertThat(TrainingWarnings.of(log, SETTINGS))
                .singleElement()
                .asString()
                .contains("same reward, 1.00");
    }

    @Test
    void seesThatNearlyNoGroupTeaches() {
        List<LogRow> log = List.of(row(1, 0.9, 1, 0.95, 0), row(2, 0.8, 1, 1, 0));

        assertThat(TrainingWarnings.of(log, SETTINGS))
                .singleElement()
                .asString()
                .contains("nearly all groups");
    }

    @Test
    void saysThatTheFormWasTaughtFirstOrShouldBe() {
        List<LogRow> log = List.of(
                LogRowOf.row(1, 0.1, 0.1, 0.5, 0, 0.9, 12),
                LogRowOf.row(2, 0.2, 0.3, 0.5, 0, 0.7, 12),
                LogRowOf.row(3, 0.6, 0.8, 0.2, 0, 0.1, 12));

        assertThat(TrainingWarnings.of(log, SETTINGS))
                .singleElement()
                .asString()
                .contains("57 % of the completions of the first steps lacked the form")
                .contains("2 steps taught it by right routes alone");
        GrpoSettings without = SETTINGS.withTeaching(SETTINGS.teaching().withAnchorWeight(0));
        assertThat(TrainingWarnings.of(log, without))
                .singleElement()
                .asString()
                .contains("Teach it first: more steps of the Supervised Trainer");
    }
}
