package org.realm4knime.engine.grpo;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.train.LoggedCompletion;

/**
 * The completions of one prompt, judged.
 *
 * @param prompt what was asked
 * @param members what the policy wrote, then the external routes that stand beside it
 */
record RolloutGroup(TrainingPrompt prompt, List<Member> members) {

    /**
     * A completion in its group.
     *
     * @param rollout the completion
     * @param reward what it earned
     * @param advantage of what the policy wrote, its advantage among that alone; of an external route, its advantage in
     *     the whole group
     */
    record Member(Rollout rollout, Reward reward, double advantage) {

        boolean sampled() {
            return rollout instanceof Rollout.Sampled;
        }

        int length() {
            return rollout.tokens().length;
        }
    }

    /**
     * A group whose last members may be external routes. These do not lower the advantages of what the policy wrote:
     * else all of it would lose likelihood, with what right and wrong tries have in common, which a shaped loss of few
     * likely tokens does not make up for; a small model then unlearns to answer at all.
     *
     * @param rewards a reward for each rollout
     */
    static RolloutGroup of(
            TrainingPrompt prompt, List<? extends Rollout> rollouts, List<Reward> rewards, AdvantageKind kind) {
        double[] advantages = advantages(rollouts, rewards, kind);
        int size = (int)
                rollouts.stream().filter(Rollout.Sampled.class::isInstance).count();
        double[] own = advantages(rollouts.subList(0, size), rewards.subList(0, size), kind);
        System.arraycopy(own, 0, advantages, 0, size);
        return new RolloutGroup(
                prompt,
                IntStream.range(0, rollouts.size())
                        .mapToObj(i -> new Member(rollouts.get(i), rewards.get(i), advantages[i]))
                        .toList());
    }

    private static double[] advantages(List<? extends Rollout> rollouts, List<Reward> rewards, AdvantageKind kind) {
        return kind.advantages(
                rewards.stream().mapToDouble(Reward::total).toArray(),
                rollouts.stream()
                        .mapToInt(rollout -> Math.max(1, rollout.tokens().length))
                        .toArray());
    }

    /** What the policy wrote. */
    Stream<Member> tries() {
        return members.stream().filter(Member::sampled);
    }

    /** How many completions the policy wrote. */
    int size() {
        return (int) tries().count();
    }

    /** External routes among the members. */
    int external() {
        return members.size() - size();
    }

    /** Whether all completions earned the same, so that the group has nothing to tell. */
    boolean withoutSignal() {
        return AdvantageKind.isWithoutSignal(
                members.stream().mapToDouble(member -> member.reward().total()).toArray());
    }

    /** Tokens that the policy wrote, ends of sequence included. */
    long tokens() {
        return tries().mapToLong(Member::length).sum();
    }

    /** Tokens of all members, ends of sequence included. */
    long memberTokens() {
        return members.stream().mapToLong(Member::length).sum();
    }

    /** Completions that the policy wrote in some groups. */
    static int rollouts(List<RolloutGroup> groups) {
        return groups.stream().mapToInt(RolloutGroup::size).sum();
    }

    /** Rows for the completions table. */
    List<LoggedCompletion> logged(int step) {
        return tries().map(member -> new LoggedCompletion(
                        step,
                        prompt.problem().id(),
                        prompt.text(),
                        member.rollout().text(),
                        prompt.problem().answer(),
                        member.reward().outcome(),
                        member.reward().process(),
                        member.reward().format(),
                        member.reward().total(),
                        member.advantage(),
                        prompt.shown().size(),
                        member.reward().flaw()))
                .toList();
    }
}
