package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What goes wrong in a training log, seen in windows of a few steps: the last one is held against the best, or first, before
 * it. A single step says little, and the mean of a whole log hides what happened in it.
 */
final class Trends {

    /** Steps of a window. */
    static final int WINDOW = 5;

    /** A fall by chance of one share among others of the same kind is hardly ever this many standard errors. */
    private static final double SIGNIFICANT = 4;

    private static final double RISE_OF_SHARE = 0.25;
    private static final double RISE_OF_LENGTH = 2;

    private Trends() {}

    /**
     * Looks at a log.
     *
     * @param log rows of consecutive steps
     * @param promptsPerStep prompts that a row is the mean over
     * @return what is wrong in the last window, in plain words; empty if nothing is
     */
    static List<String> alarms(List<LogRow> log, int promptsPerStep) {
        List<String> alarms = new ArrayList<>();
        if (log.size() < 2 * WINDOW) {
            return alarms;
        }
        fallOfShare(alarms, "right answers to prompts with routes", log, promptsPerStep, LogRow::rewardGuided);
        fallOfShare(alarms, "right answers to prompts without routes", log, promptsPerStep, LogRow::rewardUnguided);
        rise(alarms, "cut-off completions", log, LogRow::truncatedShare);
        rise(alarms, "completions that lack the form they were asked for", log, LogRow::flawedShare);
        double before = mean(log.subList(0, WINDOW), LogRow::completionLength);
        double now = mean(last(log), LogRow::completionLength);
        if (now > RISE_OF_LENGTH * before) {
            alarms.add(String.format(Locale.ROOT, "completions grew from %.0f to %.0f tokens", before, now));
        }
        return alarms;
    }

    private static List<LogRow> last(List<LogRow> log) {
        return log.subList(log.size() - WINDOW, log.size());
    }

    private static void fallOfShare(
            List<String> alarms, String what, List<LogRow> log, int promptsPerStep, ToDoubleFunction<LogRow> share) {
        double now = mean(last(log), share);
        double best = Double.NaN;
        for (int end = WINDOW; end <= log.size() - WINDOW; end += WINDOW) {
            double window = mean(log.subList(end - WINDOW, end), share);
            best = Double.isNaN(best) ? window : Double.isNaN(window) ? best : Math.max(best, window);
        }
        double prompts = WINDOW * promptsPerStep;
        double error = Math.sqrt((best * (1 - best) + now * (1 - now) + 1 / prompts) / prompts);
        if (best - now > SIGNIFICANT * error) {
            alarms.add(String.format(
                    Locale.ROOT, "the share of %s fell from %.0f to %.0f %%", what, 100 * best, 100 * now));
        }
    }

    private static void rise(List<String> alarms, String what, List<LogRow> log, ToDoubleFunction<LogRow> share) {
        double before = mean(log.subList(0, WINDOW), share);
        double now = mean(last(log), share);
        if (now - before > RISE_OF_SHARE) {
            alarms.add(String.format(
                    Locale.ROOT, "the share of %s rose from %.0f to %.0f %%", what, 100 * before, 100 * now));
        }
    }

    /** Mean of the steps that have the figure; NaN if none has. */
    private static double mean(List<LogRow> rows, ToDoubleFunction<LogRow> figure) {
        return rows.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
