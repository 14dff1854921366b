package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/** What the policy learns of its own tries in the groups of a step. */
final class PolicySequences {

    /** Of so many completions one is enough to measure a step by. */
    private static final int PROBE = 4;

    private final TextTokenizer tokenizer;
    private final GrpoSettings settings;

    PolicySequences(TextTokenizer tokenizer, GrpoSettings settings) {
        this.tokenizer = tokenizer;
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
     * A sample of a step's own completions, to measure by how far an update moves the policy: every fourth one.
     *
     * @param groups all groups of the step
     */
    List<TrainingSequence> probe(List<RolloutGroup> groups) {
        List<TrainingSequence> probe = new ArrayList<>();
        int number = 0;
        for (RolloutGroup group : groups) {
            int[] prompt = tokenizer.encode(group.prompt().text());
            for (int i = 0; i < group.size(); i++) {
                Completion completion = group.completions().get(i);
                if (number++ % PROBE == 0 && RolloutGroup.length(completion) > 0) {
                    probe.add(new TrainingSequence(
                            prompt, completion.drawn(tokenizer.eosId()), 1, 0, completion.logProbs()));
                }
            }
        }
        return probe;
    }

    static int rollouts(List<RolloutGroup> groups) {
        return groups.stream().mapToInt(RolloutGroup::size).sum();
    }
}
