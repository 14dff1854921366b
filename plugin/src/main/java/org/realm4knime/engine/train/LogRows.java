package org.realm4knime.engine.train;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.realm4knime.engine.generate.Completion;

/** Makes the rows of the training log. */
final class LogRows {

    private static final double NONE = Double.NaN;

    private record Judged(TrainingPrompt prompt, Completion completion, Reward reward) {}

    private LogRows() {}

    /**
     * Row of a supervised step.
     *
     * @param step number of the step
     * @param figures figures of the update
     * @param learningRate learning rate of the step
     * @param completionLength mean trained tokens of an example
     * @param tokensPerSecond tokens read a second
     * @return the row, with what this step spent
     */
    static LogRow supervised(
            int step, StepFigures figures, double learningRate, double completionLength, double tokensPerSecond) {
        return new LogRow(
                step,
                figures.loss(),
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                completionLength,
                NONE,
                NONE,
                figures.entropy(),
                figures.gradientNorm(),
                NONE,
                learningRate,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                tokensPerSecond,
                new Budget(0, 0, figures.tokens()));
    }

    /**
     * Row of a step of reinforcement training.
     *
     * @param step number of the step
     * @param groups all groups of the step
     * @param guidance guidance rate; NaN if there is nothing to show
     * @param policy figures of the policy update; without tokens if no group had signal
     * @param lessons what was internalised
     * @param learningRate learning rate of the policy update
     * @param tokensPerSecond tokens generated and trained a second
     * @return the row, with what this step spent
     */
    static LogRow reinforcement(
            int step,
            List<RolloutGroup> groups,
            double guidance,
            StepFigures policy,
            Lessons lessons,
            double learningRate,
            double tokensPerSecond) {
        boolean updated = policy.trainedTokens() > 0;
        return new LogRow(
                step,
                updated ? policy.loss() : NONE,
                mean(groups, all -> true, judged -> judged.reward().total()),
                mean(groups, all -> true, judged -> judged.reward().outcome()),
                mean(groups, judged -> judged.prompt().guided(), judged -> judged.reward()
                        .process()),
                mean(groups, all -> true, judged -> judged.reward().format()),
                mean(groups, judged -> judged.prompt().guided(), judged -> judged.reward()
                        .outcome()),
                mean(groups, judged -> !judged.prompt().guided(), judged -> judged.reward()
                        .outcome()),
                guidance,
                mean(groups, all -> true, judged -> judged.prompt().shown().size()),
                mean(groups, all -> true, judged -> judged.prompt().rules().size()),
                groups.stream().filter(group -> group.prompt().guided()).count() / (double) groups.size(),
                groups.stream().mapToInt(RolloutGroup::external).sum(),
                groups.stream().filter(RolloutGroup::withoutSignal).count() / (double) groups.size(),
                mean(groups, all -> true, judged -> judged.completion().truncated() ? 1 : 0),
                mean(groups, all -> true, judged -> judged.reward().flaw().isEmpty() ? 0 : 1),
                mean(groups, all -> true, judged -> RolloutGroup.length(judged.completion())),
                policy.kl(),
                policy.stepKl(),
                policy.entropy(),
                policy.gradientNorm(),
                policy.clipShare(),
                learningRate,
                policy.lessons().loss() / lessons.scales(),
                policy.contrast().loss(),
                NONE,
                NONE,
                NONE,
                tokensPerSecond,
                new Budget(
                        groups.stream().mapToLong(RolloutGroup::size).sum(),
                        groups.stream().mapToLong(RolloutGroup::tokens).sum(),
                        policy.trainedTokens()));
    }

    private static double mean(List<RolloutGroup> groups, Predicate<Judged> which, ToDoubleFunction<Judged> figure) {
        return groups.stream()
                .flatMap(LogRows::judged)
                .filter(which)
                .mapToDouble(figure)
                .average()
                .orElse(NONE);
    }

    private static Stream<Judged> judged(RolloutGroup group) {
        return Stream.iterate(0, i -> i < group.size(), i -> i + 1)
                .map(i -> new Judged(
                        group.prompt(),
                        group.completions().get(i),
                        group.rewards().get(i)));
    }
}
