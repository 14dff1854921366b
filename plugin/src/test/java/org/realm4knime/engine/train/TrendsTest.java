package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendsTest {

    /** Share of right answers, of cut-off and of flawed completions, and length, at a step. */
    private interface Course {
        double[] at(int step);
    }

    private static List<String> alarms(int steps, Course course) {
        List<LogRow> log = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double[] figures = course.at(step);
            log.add(LogRowOf.reward(step, figures[0], figures[1], figures[2], figures[3]));
        }
        return Trends.alarms(log, 8);
    }

    @Test
    void aNoisyButHealthyTrainingGivesNoAlarm() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> alarms = alarms(40, step -> new double[] {
                // eight prompts, each right or wrong as a whole, which is the most that they can vary
                random.doubles(8).filter(x -> x < 0.7).count() / 8.0, 0.05 * random.nextDouble(), 0.1, 60
            });
            assertThat(alarms).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void aFallOfTheRewardIsSeen() {
        assertThat(alarms(20, step -> new double[] {step <= 10 ? 0.8 : 0.3, 0, 0, 60}))
                .singleElement()
                .asString()
                .contains("without routes fell from 80 to 30 %");
    }

    @Test
    void aFallThatIsMadeGoodIsNoAlarmAnyMore() {
        assertThat(alarms(20, step -> new double[] {step <= 5 || step > 15 ? 0.8 : 0.3, 0, 0, 60}))
                .isEmpty();
    }

    @Test
    void completionsThatGrowWholeAsTheFormIsLearnedAreNoAlarm() {
        assertThat(alarms(10, step -> new double[] {0.5, 0, step <= 5 ? 0.9 : 0.3, step <= 5 ? 20 : 60}))
                .isEmpty();
    }

    @Test
    void moreCutOffOrFlawedOrLongerCompletionsAreSeen() {
        assertThat(alarms(10, step -> new double[] {0.8, step <= 5 ? 0.02 : 0.6, 0, 60}))
                .singleElement()
                .asString()
                .contains("cut-off completions rose from 2 to 60 %");
        assertThat(alarms(10, step -> new double[] {0.8, 0, step <= 5 ? 0.1 : 0.5, 60}))
                .singleElement()
                .asString()
                .contains("lack the form");
        assertThat(alarms(10, step -> new double[] {0.8, 0, 0, step <= 5 ? 40 : 100}))
                .singleElement()
                .asString()
                .contains("grew from 40 to 100 tokens");
    }

    @Test
    void twoWindowsAreTheLeastToJudgeBy() {
        assertThat(alarms(9, step -> new double[] {step <= 4 ? 0.9 : 0, 0, 0, 60}))
                .isEmpty();
    }

    @Test
    void fewerRightAnswersWhereFewerRoutesAreShownAreNoAlarm() {
        for (double routesAtTheEnd : new double[] {3, 1}) {
            List<LogRow> log = new ArrayList<>();
            for (int step = 1; step <= 20; step++) {
                boolean begin = step <= 10;
                log.add(LogRowOf.guided(step, begin ? 0.9 : 0.4, begin ? 3 : routesAtTheEnd));
            }
            assertThat(Trends.alarms(log, 8)).hasSize(routesAtTheEnd == 3 ? 1 : 0);
        }
    }
}
