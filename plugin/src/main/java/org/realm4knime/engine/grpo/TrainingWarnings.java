package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.Trends;

/** Finds in a log why learning was silently impossible, and says it in plain words. */
final class TrainingWarnings {

    private static final double NEARLY_ALL = 0.9;
    private static final double MOST = 0.5;

    private TrainingWarnings() {}

    /**
     * Warnings about a reinforcement training.
     *
     * @param log its rows
     * @param settings its settings, to name what to change
     * @return sentences for the user; empty if nothing is wrong
     */
    static List<String> of(List<LogRow> log, GrpoSettings settings) {
        List<String> warnings = new ArrayList<>();
        if (log.isEmpty()) {
            return warnings;
        }
        if (mean(first(log), row -> row.rollouts().truncatedShare()) > NEARLY_ALL) {
            warnings.add(
                    ("Nearly all completions were cut off at %d tokens from the first steps on%s. Raise the maximum"
                                    + " of new tokens, or teach the model to end first (Supervised Trainer).")
                            .formatted(
                                    settings.rollout().maxNewTokens(),
                                    settings.loss().maskTruncated()
                                            ? ", and cut-off completions are not trained on"
                                            : ""));
        }
        if (mean(first(log), row -> row.rollouts().flawedShare()) > MOST
                && mean(first(log), row -> row.rollouts().truncatedShare()) <= NEARLY_ALL) {
            warnings.add(String.format(
                            Locale.ROOT,
                            "%.0f %% of the completions of the first steps lacked the form that they were asked for;"
                                    + " the completions table says why.",
                            100 * mean(first(log), row -> row.rollouts().flawedShare()))
                    + remedy(FormSteps.in(log, settings)));
        }
        List<String> alarms = Trends.alarms(log, settings.rollout().promptsPerStep());
        if (!alarms.isEmpty() && log.stream().allMatch(row -> !row.heldOut().seen())) {
            warnings.add(
                    ("In the last steps %s. No problems were held out, so the last weights came out. Connect held-out"
                                    + " problems, and lower the learning rate or the largest change per step.")
                            .formatted(String.join("; ", alarms)));
        }
        if (log.stream().allMatch(row -> row.rollouts().format() == 0)) {
            warnings.add(
                    "No completion ended with an answer that could be read. Check 'Kind of answer', or show the model"
                            + " the form of an answer first (Supervised Trainer).");
        }
        if (constantReward(log)) {
            warnings.add(("All completions of all steps earned the same reward, %.2f, so nothing could be learned."
                            + " The problems are all too hard or all too easy for this model, or the answers are not"
                            + " recognised: look at the completions.")
                    .formatted(log.get(0).rollouts().reward()));
        } else if (mean(last(log), row -> row.rollouts().zeroVarianceShare()) > NEARLY_ALL) {
            warnings.add("In nearly all groups of the last steps every completion earned the same reward, which teaches"
                    + " nothing. Choose"
                    + " problems that the model solves sometimes, raise the temperature, or take larger groups.");
        }
        return warnings;
    }

    private static String remedy(int formSteps) {
        return formSteps == 0
                ? " Reinforcement learning needs a model that knows the form. Teach it first: more steps of the"
                        + " Supervised Trainer on the verification examples."
                : (" So %d steps taught it by right routes alone. More steps of the Supervised Trainer on the"
                                + " verification examples, before this node, do the same in less time.")
                        .formatted(formSteps);
    }

    private static boolean constantReward(List<LogRow> log) {
        double first = log.get(0).rollouts().reward();
        return log.stream()
                .allMatch(row -> row.rollouts().zeroVarianceShare() == 1
                        && Math.abs(row.rollouts().reward() - first) < 1e-9);
    }

    private static List<LogRow> first(List<LogRow> log) {
        return log.subList(0, Math.min(Trends.WINDOW, log.size()));
    }

    private static List<LogRow> last(List<LogRow> log) {
        return log.subList(Math.max(0, log.size() - Trends.WINDOW), log.size());
    }

    private static double mean(List<LogRow> log, ToDoubleFunction<LogRow> figure) {
        return log.stream().mapToDouble(figure).average().orElse(0);
    }
}
