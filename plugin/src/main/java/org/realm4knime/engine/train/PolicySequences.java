package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/** What the policy step and the internalisation step learn from the groups of a step. */
final class PolicySequences {

    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final GrpoSettings settings;

    PolicySequences(TextTokenizer tokenizer, PromptWriter writer, GrpoSettings settings) {
        this.tokenizer = tokenizer;
        this.writer = writer;
        this.settings = settings;
    }

    /**
     * The completions that carry a policy gradient: those of groups with signal, without the truncated ones where these
     * are masked. The loss is divided by the members of all groups, so that few groups with signal make a small step.
     *
     * @param groups all groups of the update
     * @return the sequences; empty if no group has signal
     */
    List<TrainingSequence> policy(List<RolloutGroup> groups) {
        long allTokens = groups.stream().mapToLong(RolloutGroup::memberTokens).sum();
        int members =
                groups.stream().mapToInt(group -> group.completions().size()).sum();
        List<TrainingSequence> sequences = new ArrayList<>();
        for (RolloutGroup group : groups) {
            if (group.withoutSignal()) {
                continue;
            }
            int[] prompt = tokenizer.encode(group.prompt().text());
            for (int i = 0; i < group.completions().size(); i++) {
                Completion completion = group.completions().get(i);
                int length = RolloutGroup.length(completion);
                if (length == 0 || (completion.truncated() && settings.maskTruncated())) {
                    continue;
                }
                double scale = settings.loss().tokenScale(length, allTokens, members, settings.maxNewTokens());
                int[] tokens = completion.drawn(tokenizer.eosId());
                double advantage = group.advantages()[i];
                sequences.add(
                        i < group.size()
                                ? new TrainingSequence(prompt, tokens, scale, advantage, completion.logProbs())
                                : TrainingSequence.external(
                                        prompt,
                                        tokens,
                                        scale,
                                        advantage,
                                        settings.teaching().shaping()));
            }
        }
        return sequences;
    }

    /**
     * The groups of a step in parts of about equal number, in an order drawn anew for each epoch; one part keeps the order.
     *
     * @param groups all groups of the step
     * @param step number of the step
     * @param epoch number of the epoch, from 0
     * @return at most as many parts as the settings say, none empty
     */
    List<List<RolloutGroup>> miniBatches(List<RolloutGroup> groups, int step, int epoch) {
        int count = Math.min(settings.miniBatches(), groups.size());
        if (count == 1) {
            return List.of(groups);
        }
        List<RolloutGroup> order = new ArrayList<>(groups);
        Collections.shuffle(order, new Random(RandomStreams.seed(settings.seed(), Purpose.MINI_BATCH, step, epoch)));
        return IntStream.range(0, count)
                .mapToObj(i -> order.subList(i * order.size() / count, (i + 1) * order.size() / count))
                .toList();
    }

    /**
     * What guidance taught, carried over to the prompt without it: the solutions of right completions whose prompt showed
     * routes or rules, on the problem without either, all of them or the sound ones alone. The loss is the mean over their tokens, times the internalisation
     * weight, times their share among all rollouts of the step, so that few solutions make a small step here too.
     *
     * @param groups all groups of the step
     * @return the sequences; empty if no guided completion was right
     */
    List<TrainingSequence> internalisation(List<RolloutGroup> groups) {
        List<TrainingSequence> solutions = groups.stream()
                .filter(group -> group.prompt().helped())
                .flatMap(this::solutions)
                .toList();
        double tokens = solutions.stream().mapToInt(s -> s.completion().length).sum();
        double share = solutions.size() / (double) rollouts(groups);
        double scale = settings.internalisationWeight() * share / tokens;
        return solutions.stream()
                .map(s -> TrainingSequence.supervised(s.prompt(), s.completion(), scale))
                .toList();
    }

    private Stream<TrainingSequence> solutions(RolloutGroup group) {
        int[] prompt = tokenizer.encode(writer.plain(group.prompt().problem()));
        return IntStream.range(0, group.size())
                .filter(i -> group.rewards().get(i).right()
                        && !group.completions().get(i).truncated())
                .mapToObj(i -> group.rewards().get(i).solution())
                .filter(solution -> !solution.isBlank() && settings.taught().acceptsSteps(solution))
                .map(solution -> TrainingSequence.supervised(prompt, tokenizer.encodeCompletion(solution), 1));
    }

    static int rollouts(List<RolloutGroup> groups) {
        return groups.stream().mapToInt(RolloutGroup::size).sum();
    }
}
