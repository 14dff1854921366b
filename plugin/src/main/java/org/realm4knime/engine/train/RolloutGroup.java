package org.realm4knime.engine.train;

import java.util.List;
import java.util.stream.IntStream;
import org.realm4knime.engine.generate.Completion;

/**
 * The completions of one prompt, judged.
 *
 * @param prompt what was asked
 * @param completions what the model wrote, then the external routes that are members of the group
 * @param rewards what each earned
 * @param advantages of what the model wrote, its advantage among that alone; of an external route, its advantage in the whole
 *     group
 * @param size how many of them the model wrote
 */
record RolloutGroup(
        TrainingPrompt prompt, List<Completion> completions, List<Reward> rewards, double[] advantages, int size) {

    static RolloutGroup of(
            TrainingPrompt prompt, List<Completion> completions, List<Reward> rewards, AdvantageKind kind) {
        return of(prompt, completions, rewards, kind, completions.size());
    }

    /**
     * A group whose members from {@code size} on are external routes. These do not lower the advantages of what the model
     * wrote: else all of it would lose likelihood, with what right and wrong tries have in common, which a shaped loss of
     * few likely tokens does not make up for; a small model then unlearns to answer at all.
     */
    static RolloutGroup of(
            TrainingPrompt prompt, List<Completion> completions, List<Reward> rewards, AdvantageKind kind, int size) {
        double[] advantages = kind.advantages(totals(rewards), lengths(completions));
        double[] own = kind.advantages(totals(rewards.subList(0, size)), lengths(completions.subList(0, size)));
        System.arraycopy(own, 0, advantages, 0, size);
        return new RolloutGroup(prompt, completions, rewards, advantages, size);
    }

    private static double[] totals(List<Reward> rewards) {
        return rewards.stream().mapToDouble(Reward::total).toArray();
    }

    private static int[] lengths(List<Completion> completions) {
        return completions.stream()
                .mapToInt(completion -> Math.max(1, length(completion)))
                .toArray();
    }

    /** Whether all completions earned the same, so that the group has nothing to tell. */
    boolean withoutSignal() {
        return AdvantageKind.isWithoutSignal(totals(rewards));
    }

    /** External routes among the members. */
    int external() {
        return completions.size() - size;
    }

    /** Tokens that the model wrote, ends of sequence included. */
    long tokens() {
        return completions.stream().limit(size).mapToLong(RolloutGroup::length).sum();
    }

    /** Tokens of all members, ends of sequence included. */
    long memberTokens() {
        return completions.stream().mapToLong(RolloutGroup::length).sum();
    }

    /** Tokens of a completion, its end of sequence included if it has one. */
    static int length(Completion completion) {
        return completion.logProbs().length;
    }

    /** Rows for the completions table. */
    List<LoggedCompletion> logged(int step) {
        return IntStream.range(0, size)
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
                        prompt.shown().size(),
                        rewards.get(i).flaw(),
                        completions.get(i).truncated()))
                .toList();
    }
}
