package org.realm4knime.engine.grpo;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.HelpFigures;
import org.realm4knime.engine.train.PolicyFigures;
import org.realm4knime.engine.train.RolloutFigures;

/** What the log says of the groups of a step. */
record StepLog(List<RolloutGroup> groups) {

    private record Try(TrainingPrompt prompt, RolloutGroup.Member member) {

        Reward reward() {
            return member.reward();
        }
    }

    /** What the completions earned. */
    RolloutFigures rollouts() {
        return new RolloutFigures(
                mean(any -> true, one -> one.reward().total()),
                mean(any -> true, one -> one.reward().outcome()),
                mean(one -> one.prompt().guided(), one -> one.reward().process()),
                mean(any -> true, one -> one.reward().format()),
                mean(one -> one.prompt().guided(), one -> one.reward().outcome()),
                mean(one -> !one.prompt().guided(), one -> one.reward().outcome()),
                groups.stream().mapToInt(RolloutGroup::external).sum(),
                share(RolloutGroup::withoutSignal),
                mean(any -> true, one -> one.member().rollout().truncated() ? 1 : 0),
                mean(any -> true, one -> one.reward().flaw().isEmpty() ? 0 : 1));
    }

    /** @param guidance guidance rate; NaN if there is nothing to show */
    HelpFigures help(double guidance) {
        return new HelpFigures(
                guidance,
                mean(any -> true, one -> one.prompt().shown().size()),
                mean(any -> true, one -> one.prompt().rules().size()),
                share(group -> group.prompt().guided()));
    }

    /** Mean tokens of a completion. */
    double completionLength() {
        return mean(any -> true, one -> one.member().length());
    }

    /**
     * How the policy moved.
     *
     * @param figures what the updates add up to
     * @param measuresDivergence whether there was a reference model
     * @param tokenWeights see {@link Internalisation.Lessons}
     */
    PolicyFigures policy(UpdateFigures figures, boolean measuresDivergence, double tokenWeights) {
        SamplerGap gap = SamplerGap.of(groups.stream()
                .flatMap(RolloutGroup::tries)
                .map(member -> (Rollout.Sampled) member.rollout())
                .toList());
        return new PolicyFigures(
                measuresDivergence ? figures.tries().kl() : Double.NaN,
                figures.stepKl(),
                figures.tries().clipShare(),
                figures.lessons().loss() / tokenWeights,
                figures.contrastLoss(),
                gap.ratio(),
                gap.mean(),
                gap.largest());
    }

    /** Tokens that the policy wrote. */
    long tokens() {
        return groups.stream().mapToLong(RolloutGroup::tokens).sum();
    }

    /** What the step spent. */
    Budget spent(UpdateFigures figures) {
        return new Budget(RolloutGroup.rollouts(groups), tokens(), figures.trainedTokens());
    }

    private double share(Predicate<RolloutGroup> which) {
        return groups.stream().filter(which).count() / (double) groups.size();
    }

    private double mean(Predicate<Try> which, ToDoubleFunction<Try> figure) {
        return groups.stream()
                .flatMap(StepLog::tries)
                .filter(which)
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    private static Stream<Try> tries(RolloutGroup group) {
        return group.tries().map(member -> new Try(group.prompt(), member));
    }
}
