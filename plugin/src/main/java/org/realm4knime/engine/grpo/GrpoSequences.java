package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.UpdatePart;

/**
 * What the policy learns of its own tries: GRPO (Shao et al., 2024). With r = p / p_old of a token, A the advantage of
 * its completion in the group of its prompt ({@link AdvantageKind}), and N what all of the step is divided by
 * ({@link LossKind}),
 *
 * <pre>loss = sum over tokens (-min(r A, clip(r, 1 - low, 1 + high) A) + klCoefficient k3) / N.</pre>
 *
 * <p>Where servers sampled the tokens, the probability with which they did may differ from ours, in precision if
 * nothing else. A token's advantage is then multiplied by the ratio of ours to theirs, truncated at
 * {@value #LARGEST_RATIO}, and p_old is ours (truncated importance sampling: Yao et al., 2025, "Your efficient RL
 * framework secretly brings you off-policy RL training").
 *
 * <p>Departures: an upper bound of its own for the ratio (DAPO, Yu et al., 2025). N counts all rollouts of the step,
 * those of groups in which all earned the same included, though these have nothing to tell: few telling groups then
 * make a small step. An external route in the group counts with p / (p + gamma) for r (LUFFY, Yan et al., 2025). And a
 * step is bounded by the divergence that it makes on a sample of the step's own tries ({@link StepBound}).
 */
final class GrpoSequences {

    static final String NAME = "tries";

    /** Most that a token counts for which the sampler found less likely than we do. */
    static final double LARGEST_RATIO = 2;

    /** One of so many completions is enough to measure a step by. */
    private static final int PROBE = 4;

    private final GrpoSettings settings;

    GrpoSequences(GrpoSettings settings) {
        this.settings = settings;
    }

    /** The completions that carry a policy gradient: those of groups with signal, cut-off ones where these count. */
    UpdatePart of(List<RolloutGroup> groups) {
        long allTokens = groups.stream().mapToLong(RolloutGroup::memberTokens).sum();
        int members = groups.stream().mapToInt(group -> group.members().size()).sum();
        int longest = settings.rollout().maxNewTokens();
        List<TrainingSequence> sequences = new ArrayList<>();
        for (RolloutGroup group : groups) {
            if (group.withoutSignal()) {
                continue;
            }
            for (RolloutGroup.Member member : group.members()) {
                boolean masked = member.rollout().truncated() && settings.loss().maskTruncated();
                if (member.length() > 0 && !masked) {
                    double weight = settings.loss().average().tokenScale(member.length(), allTokens, members, longest);
                    sequences.add(sequence(member, weight));
                }
            }
        }
        return new UpdatePart(
                NAME, sequences, settings.loss().at(settings.rollout().temperature()), 0);
    }

    private TrainingSequence sequence(RolloutGroup.Member member, double weight) {
        Rollout rollout = member.rollout();
        return rollout instanceof Rollout.Sampled own
                ? sampled(own, weight, member.advantage())
                        .withDivergence(settings.loss().klCoefficient())
                : TrainingSequence.external(
                        rollout.prompt(),
                        rollout.tokens(),
                        weight,
                        member.advantage(),
                        settings.teaching().routes().shaping());
    }

    private static TrainingSequence sampled(Rollout.Sampled own, double weight, double advantage) {
        TrainingSequence sequence =
                TrainingSequence.sampled(own.prompt(), own.tokens(), weight, advantage, own.logProbs());
        float[] theirs = own.samplerLogProbs();
        return theirs == null ? sequence : sequence.withAdvantageTimes(ratios(own.logProbs(), theirs));
    }

    /** Ratio of our probability of each token to the sampler's, truncated. */
    private static float[] ratios(float[] ours, float[] theirs) {
        float[] ratios = new float[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (float) Math.min(LARGEST_RATIO, Math.exp((double) ours[i] - theirs[i]));
        }
        return ratios;
    }

    /**
     * The groups of a step in parts of about equal number, in an order drawn anew for each epoch; one part keeps the
     * order.
     *
     * @param groups all groups of the step
     * @param step number of the step
     * @param epoch number of the epoch, from 0
     * @return at most as many parts as the settings say, none empty
     */
    List<List<RolloutGroup>> miniBatches(List<RolloutGroup> groups, int step, int epoch) {
        int count = Math.min(settings.update().miniBatches(), groups.size());
        if (count == 1) {
            return List.of(groups);
        }
        List<RolloutGroup> order = new ArrayList<>(groups);
        long seed = RandomStreams.seed(settings.run().seed(), Purpose.MINI_BATCH, step, epoch);
        Collections.shuffle(order, new Random(seed));
        return IntStream.range(0, count)
                .mapToObj(i -> order.subList(i * order.size() / count, (i + 1) * order.size() / count))
                .toList();
    }

    /** How far an update of a step may move the policy, measured on every fourth of its completions. */
    StepBound bound(List<RolloutGroup> groups) {
        if (settings.update().maxStepKl() == 0) {
            return StepBound.NONE;
        }
        List<Rollout.Sampled> tries = groups.stream()
                .flatMap(RolloutGroup::tries)
                .map(member -> (Rollout.Sampled) member.rollout())
                .toList();
        List<TrainingSequence> probe = IntStream.range(0, tries.size())
                .filter(i -> i % PROBE == 0)
                .mapToObj(tries::get)
                .filter(own -> own.tokens().length > 0)
                // they are read, not trained: weight and advantage do not matter
                .map(own -> TrainingSequence.sampled(own.prompt(), own.tokens(), 1, 0, own.logProbs()))
                .toList();
        return new StepBound(
                probe, settings.rollout().temperature(), settings.update().maxStepKl());
    }
}
