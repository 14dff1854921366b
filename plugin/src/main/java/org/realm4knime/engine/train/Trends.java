package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What goes wrong in a training log, seen in windows of a few steps: the last one is held against the best, or first,
 * before it. A single step says little, and the mean of a whole log hides what happened in it.
 */
public final class Trends {

    /** Steps of a window. */
    public static final int WINDOW = 5;

    /** A fall by chance of one share among others of the same kind is hardly ever this many standard errors. */
    private static final double SIGNIFICANT = 4;

    private static final double FEWER_ROUTES = 0.5;
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
    public static List<String> alarms(List<LogRow> log, int promptsPerStep) {
        List<String> alarms = new ArrayList<>();
        if (log.size() < 2 * WINDOW) {
            return alarms;
        }
        fall(alarms, new Kind("with routes", true, row -> row.rollouts().rightGuided()), log, promptsPerStep);
        fall(alarms, new Kind("without routes", false, row -> row.rollouts().rightUnguided()), log, promptsPerStep);
        rise(alarms, "cut-off completions", log, row -> row.rollouts().truncatedShare());
        rise(alarms, "completions that lack the form they were asked for", log, Trends::flawed);
        double before = mean(log.subList(0, WINDOW), LogRow::completionLength);
        double now = mean(last(log), LogRow::completionLength);
        // where the form comes to be known, completions that broke off grow whole
        boolean form = mean(log.subList(0, WINDOW), Trends::flawed) - mean(last(log), Trends::flawed) > RISE_OF_SHARE;
        if (now > RISE_OF_LENGTH * before && !form) {
            alarms.add(String.format(Locale.ROOT, "completions grew from %.0f to %.0f tokens", before, now));
        }
        return alarms;
    }

    private static double flawed(LogRow row) {
        return row.rollouts().flawedShare();
    }

    private static List<LogRow> last(List<LogRow> log) {
        return log.subList(log.size() - WINDOW, log.size());
    }

    /**
     * A share over the prompts of one kind. Windows with too few of them say nothing.
     *
     * @param value mean over these prompts
     * @param prompts how many there are
     * @param routes routes that each of them shows in the mean
     */
    private record Share(double value, double prompts, double routes) {

        private static final int FEWEST = 2 * WINDOW;

        static Share of(List<LogRow> rows, Kind kind, int promptsPerStep) {
            double prompts = 0;
            double right = 0;
            double routes = 0;
            for (LogRow row : rows) {
                double share = kind.figure().applyAsDouble(row);
                if (!Double.isNaN(share)) {
                    double count = promptsPerStep
                            * (kind.guided()
                                    ? row.help().guidedShare()
                                    : 1 - row.help().guidedShare());
                    prompts += count;
                    right += count * share;
                    routes += kind.guided() ? promptsPerStep * row.help().routesShown() : 0;
                }
            }
            return new Share(right / prompts, prompts, routes / prompts);
        }

        boolean says() {
            return prompts >= FEWEST;
        }

        /** Squared standard error; all completions of a prompt may be right or wrong together. */
        double variance() {
            return (value * (1 - value) + 1 / prompts) / prompts;
        }
    }

    /** Prompts of one kind. */
    private record Kind(String name, boolean guided, ToDoubleFunction<LogRow> figure) {}

    private static void fall(List<String> alarms, Kind kind, List<LogRow> log, int promptsPerStep) {
        Share now = Share.of(last(log), kind, promptsPerStep);
        Share best = new Share(0, 0, 0);
        for (int end = WINDOW; end <= log.size() - WINDOW; end += WINDOW) {
            Share window = Share.of(log.subList(end - WINDOW, end), kind, promptsPerStep);
            // where fewer routes are shown, fewer answers are right, and nothing is wrong
            boolean alike = window.routes() - now.routes() < FEWER_ROUTES;
            best = alike && window.says() && window.value() >= best.value() ? window : best;
        }
        if (now.says()
                && best.says()
                && best.value() - now.value() > SIGNIFICANT * Math.sqrt(now.variance() + best.variance())) {
            alarms.add(String.format(
                    Locale.ROOT,
                    "the share of right answers to prompts %s fell from %.0f to %.0f %%",
                    kind.name(),
                    100 * best.value(),
                    100 * now.value()));
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
