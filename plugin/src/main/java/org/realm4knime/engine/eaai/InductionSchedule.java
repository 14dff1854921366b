package org.realm4knime.engine.eaai;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.realm4knime.engine.EngineException;

/**
 * How the outside help fades: the guidance rate g(t) in [0, 1] at training progress t in [0, 1].
 *
 * <p>Most schedules end in an <em>autonomy phase</em>, the final share a of training, in which g is exactly 0; below,
 * e = 1 - a is the progress at which it begins. A schedule travels as a table, {@link #points(int)}, and is read back
 * by {@link #fromPoints(List)}.
 */
public sealed interface InductionSchedule permits FixedSchedule, CurveSchedule, AdaptiveSchedule {

    /**
     * The guidance rate.
     *
     * @param progress share of the training that is done, t in [0, 1]; values outside are moved to the nearer end
     * @return g(t), in [0, 1]
     */
    double rate(double progress);

    /**
     * Tells the schedule how well the model does at the present rate. Only an adaptive schedule listens.
     *
     * @param reward the mean reward of a training step; NaN, for a step without one, is passed over
     */
    default void observe(double reward) {
        // the rate follows the progress alone
    }

    /**
     * Where the curve has a jump or a kink, which a table of it must show.
     *
     * @return values of progress in (0, 1], ascending
     */
    List<Double> breaks();

    /**
     * The schedule as a table: evenly spaced points, and two points of the same progress where it jumps.
     *
     * @param samples number of evenly spaced points, at least 2
     * @return the points in order of progress, the first at 0 and the last at 1
     */
    default List<SchedulePoint> points(int samples) {
        if (samples < 2) {
            throw new EngineException("A schedule cannot be shown in " + samples + " points. Give at least 2.");
        }
        TreeSet<Double> places = new TreeSet<>(breaks());
        for (int i = 0; i < samples; i++) {
            places.add((double) i / (samples - 1));
        }
        List<SchedulePoint> points = new ArrayList<>();
        for (double place : places) {
            double before = rate(Math.nextDown(place));
            double at = rate(place);
            if (place > 0 && Math.abs(before - at) > 1e-9) {
                points.add(SchedulePoint.of(place, before));
            }
            points.add(SchedulePoint.of(place, at));
        }
        return List.copyOf(points);
    }

    /**
     * Reads a schedule back from its table. Between the points g is interpolated; points of the same progress are a
     * jump, and the last of them holds from there on.
     *
     * @param points at least one point, in order of progress
     * @return a schedule through the points: an {@link AdaptiveSchedule} below them where they carry a threshold, else
     *     a {@link CurveSchedule}
     */
    static InductionSchedule fromPoints(List<SchedulePoint> points) {
        CurveSchedule curve = new CurveSchedule(points);
        SchedulePoint first = points.get(0);
        return first.adaptive()
                ? new AdaptiveSchedule(curve, first.threshold(), first.decrement(), first.window())
                : curve;
    }

    /**
     * g(t) = g0 throughout, with an autonomy phase only if asked for.
     *
     * @param start g0, in [0, 1]
     * @param autonomy the final share of training without guidance, in [0, 1]
     * @return the schedule
     */
    static InductionSchedule constant(double start, double autonomy) {
        return new FixedSchedule(FixedSchedule.Shape.CONSTANT, start, autonomy, 0);
    }

    /**
     * g(t) = g0 (1 - t/e).
     *
     * @param start g0, in [0, 1]
     * @param autonomy the final share of training without guidance, in [0, 1]
     * @return the schedule
     */
    static InductionSchedule linear(double start, double autonomy) {
        return new FixedSchedule(FixedSchedule.Shape.LINEAR, start, autonomy, 0);
    }

    /**
     * g(t) = g0 (1 + cos(pi t/e)) / 2.
     *
     * @param start g0, in [0, 1]
     * @param autonomy the final share of training without guidance, in [0, 1]
     * @return the schedule
     */
    static InductionSchedule cosine(double start, double autonomy) {
        return new FixedSchedule(FixedSchedule.Shape.COSINE, start, autonomy, 0);
    }

    /**
     * The asymptotic schedule: g(t) = g0 exp(-k t) for t below e, cut to 0 from there.
     *
     * @param start g0, in [0, 1]
     * @param decay k, at least 0; 1 leaves 37 % of g0 at the end of training, 3 leaves 5 %
     * @param autonomy the final share of training without guidance, in [0, 1]
     * @return the schedule
     */
    static InductionSchedule exponential(double start, double decay, double autonomy) {
        return new FixedSchedule(FixedSchedule.Shape.EXPONENTIAL, start, autonomy, decay);
    }

    /**
     * n equal levels down from g0: g(t) = g0 (1 - floor(n t/e) / n).
     *
     * @param start g0, in [0, 1]
     * @param levels n, at least 1
     * @param autonomy the final share of training without guidance, in [0, 1]
     * @return the schedule
     */
    static InductionSchedule staircase(double start, int levels, double autonomy) {
        return new FixedSchedule(FixedSchedule.Shape.STAIRCASE, start, autonomy, levels);
    }

    /**
     * Starts at g0 and is lowered only while the model does well; from the deadline on it is 0 in any case.
     *
     * @param start g0, in [0, 1]
     * @param deadline the progress from which g is 0, in (0, 1]
     * @param threshold the mean reward that must hold before g is lowered
     * @param decrement by how much g is lowered at a time, in (0, 1]
     * @param window over how many steps at the present rate the reward must hold, at least 1
     * @return the schedule, which has a state: use one for one training
     */
    static InductionSchedule adaptive(double start, double deadline, double threshold, double decrement, int window) {
        if (!(deadline > 0 && deadline <= 1)) {
            throw new EngineException(
                    "The deadline of the induction schedule is " + deadline + ". Give a number above 0 and up to 1.");
        }
        return new AdaptiveSchedule(constant(start, 1 - deadline), threshold, decrement, window);
    }
}
