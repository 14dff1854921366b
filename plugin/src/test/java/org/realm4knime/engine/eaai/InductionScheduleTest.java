package org.realm4knime.engine.eaai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.EngineException;

class InductionScheduleTest {

    static List<InductionSchedule> fading() {
        return List.of(
                InductionSchedule.linear(0.8, 0.25),
                InductionSchedule.cosine(1, 0.3),
                InductionSchedule.exponential(1, 1, 0.25),
                InductionSchedule.exponential(0.7, 4, 0.1),
                InductionSchedule.staircase(0.9, 3, 0.2),
                InductionSchedule.staircase(1, 7, 0.37),
                InductionSchedule.constant(0.5, 0.4),
                InductionSchedule.linear(1, 1));
    }

    /** By hand: with a = 0.25 the curve ends at e = 0.75. */
    @ParameterizedTest
    @CsvSource({
        "LINEAR, 0, 0.8",
        "LINEAR, 0.375, 0.4",
        "LINEAR, 0.75, 0",
        "COSINE, 0, 0.8",
        "COSINE, 0.375, 0.4",
        "COSINE, 0.25, 0.6",
        "EXPONENTIAL, 0, 0.8",
        "EXPONENTIAL, 0.5, 0.2943035529371539",
        "EXPONENTIAL, 0.75, 0",
        "STAIRCASE, 0, 0.8",
        "STAIRCASE, 0.18, 0.8",
        "STAIRCASE, 0.19, 0.6",
        "STAIRCASE, 0.6, 0.2",
        "CONSTANT, 0.7499, 0.8",
        "CONSTANT, 0.75, 0",
    })
    void rates(FixedSchedule.Shape shape, double progress, double expected) {
        double parameter = shape == FixedSchedule.Shape.STAIRCASE ? 4 : 2;
        assertThat(new FixedSchedule(shape, 0.8, 0.25, parameter).rate(progress))
                .isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("fading")
    void fallsAndIsExactlyZeroInTheAutonomyPhase(InductionSchedule schedule) {
        double before = 1;
        for (int i = 0; i <= 1000; i++) {
            double rate = schedule.rate(i / 1000.0);
            assertThat(rate).isBetween(0.0, before);
            before = rate;
        }
        double end = 1 - ((FixedSchedule) schedule).autonomy();
        assertThat(schedule.rate(end)).isEqualTo(0.0);
        assertThat(schedule.rate(1)).isEqualTo(0.0);
    }

    @Test
    void withoutAnAutonomyPhaseTheExponentialNeverReachesZero() {
        assertThat(InductionSchedule.exponential(1, 3, 0).rate(1)).isCloseTo(Math.exp(-3), within(1e-15));
        assertThat(InductionSchedule.constant(0.5, 0).rate(1)).isEqualTo(0.5);
        assertThat(InductionSchedule.linear(1, 0).rate(1)).isEqualTo(0.0);
    }

    /** Read back from its table a schedule is the same at every step of a training, exactly 0 where it was. */
    @ParameterizedTest
    @MethodSource("fading")
    void travelsAsATable(InductionSchedule schedule) {
        List<SchedulePoint> points = schedule.points(1001);
        assertThat(points.get(0).progress()).isZero();
        assertThat(points.get(points.size() - 1).progress()).isEqualTo(1.0);
        InductionSchedule read = InductionSchedule.fromPoints(points);
        Random random = new Random(5);
        IntStream.range(0, 5000).mapToDouble(i -> random.nextDouble()).forEach(progress -> {
            assertThat(read.rate(progress)).isCloseTo(schedule.rate(progress), within(1e-5));
            if (schedule.rate(progress) == 0) {
                assertThat(read.rate(progress)).isEqualTo(0.0);
            }
        });
        assertThat(InductionSchedule.fromPoints(read.points(2)).rate(0.4)).isEqualTo(read.rate(0.4));
    }

    @Test
    void aTableMayBeCoarse() {
        InductionSchedule curve = InductionSchedule.fromPoints(
                List.of(SchedulePoint.of(0.2, 1), SchedulePoint.of(0.6, 0.5), SchedulePoint.of(0.6, 0.1)));
        assertThat(curve.rate(0)).isEqualTo(1.0);
        assertThat(curve.rate(0.4)).isCloseTo(0.75, within(1e-15));
        assertThat(curve.rate(0.6)).isEqualTo(0.1);
        assertThat(curve.rate(1)).isEqualTo(0.1);
    }

    @Test
    void adaptiveWaitsForTheReward() {
        InductionSchedule schedule = InductionSchedule.adaptive(1, 0.9, 0.5, 0.4, 2);
        schedule.observe(0.9);
        assertThat(schedule.rate(0.1)).as("the window is not full").isEqualTo(1.0);
        schedule.observe(0.2);
        assertThat(schedule.rate(0.1)).as("mean 0.55").isCloseTo(0.6, within(1e-12));
        schedule.observe(0.3);
        schedule.observe(0.4);
        schedule.observe(Double.NaN);
        assertThat(schedule.rate(0.1)).as("mean 0.35 at the new rate").isCloseTo(0.6, within(1e-12));
        schedule.observe(0.6);
        assertThat(schedule.rate(0.1)).as("the last two have mean 0.5").isCloseTo(0.2, within(1e-12));
        schedule.observe(1);
        schedule.observe(1);
        assertThat(schedule.rate(0.1)).isEqualTo(0.0);
    }

    @Test
    void adaptiveIsZeroFromItsDeadlineOn() {
        InductionSchedule schedule = InductionSchedule.adaptive(1, 0.7, 0.5, 0.1, 5);
        assertThat(schedule.rate(0.69)).isEqualTo(1.0);
        assertThat(schedule.rate(0.7)).isEqualTo(0.0);
    }

    @Test
    void tenDecrementsOfATenthEndAtExactlyZero() {
        InductionSchedule schedule = InductionSchedule.adaptive(1, 1, 0, 0.1, 1);
        IntStream.range(0, 10).forEach(i -> schedule.observe(1));
        assertThat(schedule.rate(0)).isEqualTo(0.0);
    }

    @Test
    void adaptiveTravelsAsATableToo() {
        InductionSchedule schedule = InductionSchedule.adaptive(0.8, 0.7, 0.5, 0.3, 2);
        InductionSchedule read = InductionSchedule.fromPoints(schedule.points(11));
        assertThat(read).isInstanceOf(AdaptiveSchedule.class);
        for (double reward : new double[] {0.4, 0.7, 0.9, 0.1, 0.2, 0.9}) {
            schedule.observe(reward);
            read.observe(reward);
            assertThat(read.rate(0.3)).isEqualTo(schedule.rate(0.3));
            assertThat(read.rate(0.7)).isEqualTo(0.0);
        }
        assertThat(schedule.rate(0.3)).isLessThan(0.8);
    }

    @Test
    void impossibleSettingsAreNamed() {
        assertThatThrownBy(() -> InductionSchedule.linear(1.2, 0)).hasMessageContaining("guidance at the start");
        assertThatThrownBy(() -> InductionSchedule.linear(1, -0.1)).hasMessageContaining("autonomy phase");
        assertThatThrownBy(() -> InductionSchedule.exponential(1, -1, 0)).hasMessageContaining("decay");
        assertThatThrownBy(() -> InductionSchedule.staircase(1, 0, 0)).hasMessageContaining("levels");
        assertThatThrownBy(() -> InductionSchedule.adaptive(1, 0, 0.5, 0.1, 1)).hasMessageContaining("deadline");
        assertThatThrownBy(() -> InductionSchedule.adaptive(1, 1, 0.5, 0, 1)).hasMessageContaining("decrement");
        assertThatThrownBy(() -> InductionSchedule.adaptive(1, 1, 0.5, 0.1, 0)).hasMessageContaining("window");
        assertThatThrownBy(() -> InductionSchedule.fromPoints(List.of())).hasMessageContaining("empty");
        assertThatThrownBy(() -> SchedulePoint.of(2, 0)).hasMessageContaining("progress 2");
        assertThatThrownBy(() -> SchedulePoint.of(0, Double.NaN)).hasMessageContaining("guidance NaN");
        assertThatThrownBy(
                        () -> InductionSchedule.fromPoints(List.of(SchedulePoint.of(0.5, 0), SchedulePoint.of(0, 1))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("row 2");
    }

    /** Whatever the rewards are, help that was taken away does not come back. */
    @Test
    void adaptiveNeverRises() {
        Random random = new Random(21);
        for (int trial = 0; trial < 500; trial++) {
            InductionSchedule schedule = InductionSchedule.adaptive(
                    random.nextDouble(),
                    0.5 + random.nextDouble() / 2,
                    random.nextDouble(),
                    0.2,
                    1 + random.nextInt(5));
            double before = 1;
            for (int step = 0; step <= 100; step++) {
                double rate = schedule.rate(step / 100.0);
                assertThat(rate).isBetween(0.0, before);
                before = rate;
                schedule.observe(random.nextInt(10) == 0 ? Double.NaN : random.nextDouble());
            }
        }
    }
}
