package org.realm4knime.engine.eaai;

import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;

/**
 * A schedule given by a formula in the progress; {@link InductionSchedule} has the formulas.
 *
 * @param shape which formula
 * @param start g0, in [0, 1]
 * @param autonomy the final share of training in which g is 0, in [0, 1]
 * @param parameter k of the exponential, n of the staircase, else unused
 */
record FixedSchedule(Shape shape, double start, double autonomy, double parameter) implements InductionSchedule {

    enum Shape {
        CONSTANT,
        LINEAR,
        COSINE,
        EXPONENTIAL,
        STAIRCASE
    }

    FixedSchedule {
        requireShare("The guidance at the start", start);
        requireShare("The autonomy phase", autonomy);
        if (shape == Shape.EXPONENTIAL && !(parameter >= 0 && Double.isFinite(parameter))) {
            throw new EngineException("The decay of the induction schedule is " + parameter + ". Give 0 or more.");
        }
        if (shape == Shape.STAIRCASE && parameter < 1) {
            throw new EngineException("The staircase has " + (int) parameter + " levels. Give at least 1.");
        }
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new EngineException(what + " of the induction schedule is " + value + ". Give a number from 0 to 1.");
        }
    }

    @Override
    public double rate(double progress) {
        double t = Math.min(1, Math.max(0, progress));
        double end = 1 - autonomy;
        // without an autonomy phase the end of training itself still belongs to the curve
        if (autonomy > 0 && t >= end) {
            return 0;
        }
        double share =
                switch (shape) {
                    case CONSTANT -> 1;
                    case LINEAR -> 1 - t / end;
                    case COSINE -> (1 + Math.cos(Math.PI * t / end)) / 2;
                    case EXPONENTIAL -> Math.exp(-parameter * t);
                    case STAIRCASE -> 1 - Math.floor(parameter * t / end) / parameter;
                };
        return start * Math.min(1, Math.max(0, share));
    }

    @Override
    public List<Double> breaks() {
        double end = 1 - autonomy;
        return switch (shape) {
            case STAIRCASE ->
                IntStream.rangeClosed(1, (int) parameter)
                        .mapToObj(level -> level == (int) parameter ? end : firstAtLevel(level, end))
                        .filter(place -> place > 0)
                        .toList();
            default -> end > 0 ? List.of(end) : List.of();
        };
    }

    /** Rounding may place level * end / n just below the jump; moves on to where the jump has happened. */
    private double firstAtLevel(int level, double end) {
        double place = level * end / parameter;
        while (Math.floor(parameter * place / end) < level) {
            place = Math.nextUp(place);
        }
        return place;
    }
}
