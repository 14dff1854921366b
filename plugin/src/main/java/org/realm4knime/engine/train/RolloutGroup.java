package org.realm4knime.engine.train;

import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.generate.Completion;

/**
 * The completions of one prompt, judged.
 *
 * @param prompt what was asked
 * @param completions what the model wrote
 * @param rewards what each earned
 * @param advantages advantage of each within the group
 */
record RolloutGroup(TrainingPrompt prompt, List<Completion> completions, List<Reward> rewards, double[] advantages) {

    static RolloutGroup of(
            TrainingPrompt prompt, List<Completion> completions, List<Reward> rewards, AdvantageKind kind) {
        return new RolloutGroup(prompt, completions, rewards, kind.advantages(totals(rewards)));
    }

    private static double[] totals(List<Reward> rewards) {
        return rewards.stream().mapToDouble(Reward::total).toArray();
    }

    /** Whether all completions earned the same, so that the group has nothing to tell. */
    boolean withoutSignal() {
        return AdvantageKind.isWithoutSignal(totals(rewards));
    }

    int size() {
        return completions.size();
    }

    /** Tokens of all completions, ends of sequence included. */
    long tokens() {
        return completions.stream().mapToLong(RolloutGroup::length).sum();
    }

    /** Tokens of a completion, its end of sequence included if it has one. */
    static int length(Completion completion) {
        return completion.logProbs().length;
    }

    /** Rows for the completions table. */
    List<LoggedCompletion> logged(int step) {
        return IntStream.range(0, size())
                .mapToObj(i -> new LoggedCompletion(
                        step,
                        prompt.problem().id(),
                        prompt.text(),
                        completions.get(i).text(),
                        prompt.problem().answer(),
                        rewards.get(i).outcome(),
                        rewards.get(i).process(),
                        rewards.get(i).format(),
                        rewards.get(i).total(),
                        advantages[i],
                        prompt.shown().size()))
                .toList();
    }
}
