package org.realm4knime.engine.eaai;

import java.util.List;
import org.realm4knime.engine.EngineException;

/**
 * A schedule given by points and straight lines between them. Points of the same progress are a jump; the last of them
 * holds from there on.
 *
 * @param points at least one, in order of progress
 */
record CurveSchedule(List<SchedulePoint> points) implements InductionSchedule {

    CurveSchedule {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new EngineException(
                    "The schedule table is empty. It needs at least one row with progress and guidance.");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).progress() < points.get(i - 1).progress()) {
                throw new EngineException("The schedule table is not sorted: row " + (i + 1) + " has progress "
                        + points.get(i).progress() + " after "
                        + points.get(i - 1).progress()
                        + ". Sort it by progress, ascending.");
            }
        }
    }

    @Override
    public double rate(double progress) {
        int next = 0;
        while (next < points.size() && points.get(next).progress() <= progress) {
            next++;
        }
        if (next == 0) {
            return points.get(0).guidance();
        }
        SchedulePoint left = points.get(next - 1);
        if (next == points.size()) {
            return left.guidance();
        }
        SchedulePoint right = points.get(next);
        double share = (progress - left.progress()) / (right.progress() - left.progress());
        return left.guidance() + share * (right.guidance() - left.guidance());
    }

    @Override
    public List<Double> breaks() {
        return points.stream()
                .map(SchedulePoint::progress)
                .filter(place -> place > 0)
                .distinct()
                .toList();
    }

    @Override
    public List<SchedulePoint> points(int samples) {
        return points;
    }
}
