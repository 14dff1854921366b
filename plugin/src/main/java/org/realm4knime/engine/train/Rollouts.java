package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/** Samples the groups of a step from the policy and judges them. */
final class Rollouts {

    private final List<GuidedProblem> problems;
    private final PromptWriter writer;
    private final Rewards rewards;
    private final Generator generator;
    private final ExternalRoutes external;
    private final SolvedAlone solved;
    private final GrpoSettings settings;
    private final ShuffledEpochs order;

    Rollouts(
            List<GuidedProblem> problems,
            PromptWriter writer,
            Rewards rewards,
            Generator generator,
            ExternalRoutes external,
            SolvedAlone solved,
            GrpoSettings settings) {
        this.problems = problems;
        this.writer = writer;
        this.rewards = rewards;
        this.generator = generator;
        this.external = external;
        this.solved = solved;
        this.settings = settings;
        order = new ShuffledEpochs(problems.size(), settings.seed(), Purpose.ORDER);
    }

    /**
     * Samples the groups of a step. Groups without signal stay in the list, as the figures and the loss count them; where
     * the settings ask for it, further groups are sampled in their place.
     *
     * @param step number of the step, from 1
     * @param rate guidance rate
     * @param progress asked between generations whether to stop
     * @return the groups
     * @throws CanceledJobException if canceled
     */
    List<RolloutGroup> sample(int step, double rate, Progress progress) throws CanceledJobException {
        int wanted = settings.promptsPerStep();
        List<GuidedProblem> first = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            first.add(problems.get(order.at((step - 1L) * wanted + i)));
        }
        List<RolloutGroup> groups = new ArrayList<>(groups(first, step, 0, rate, progress));
        int missing = (int) groups.stream().filter(RolloutGroup::withoutSignal).count();
        if (settings.resampleZeroVariance() && missing > 0) {
            RandomGenerator random = RandomStreams.of(settings.seed(), Purpose.ORDER, step, 1);
            List<GuidedProblem> further = new ArrayList<>();
            for (int i = 0; i < missing; i++) {
                further.add(problems.get(random.nextInt(problems.size())));
            }
            groups.addAll(groups(further, step, 1, rate, progress));
        }
        return groups;
    }

    private List<RolloutGroup> groups(List<GuidedProblem> items, int step, int round, double rate, Progress progress)
            throws CanceledJobException {
        RandomGenerator random = RandomStreams.of(settings.seed(), Purpose.GUIDANCE, step, round);
        int guided = guided(items.size(), random);
        List<TrainingPrompt> prompts = IntStream.range(0, items.size())
                .mapToObj(i -> i < guided
                        ? items.get(i)
                        : GuidedProblem.of(items.get(i).problem()))
                .map(item -> writer.draw(item, solved.rate(item.problem().id(), rate), random))
                .toList();
        SamplingSettings sampling = SamplingSettings.sample(
                settings.maxNewTokens(),
                settings.temperature(),
                RandomStreams.seed(settings.seed(), Purpose.SAMPLING, step, round));
        List<List<Completion>> completions = generator.generate(
                prompts.stream().map(TrainingPrompt::text).toList(), settings.groupSize(), sampling, progress);
        RandomGenerator ofRoutes = RandomStreams.of(settings.seed(), Purpose.OFF_POLICY, step, round);
        List<RolloutGroup> groups = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            groups.add(group(prompts.get(i), completions.get(i), ofRoutes));
        }
        return groups;
    }

    private RolloutGroup group(TrainingPrompt prompt, List<Completion> completions, RandomGenerator random) {
        List<Completion> members = new ArrayList<>(completions);
        external.member(prompt, random).ifPresent(members::add);
        List<Reward> judged = members.stream()
                .map(completion -> rewards.judge(prompt, completion))
                .toList();
        return RolloutGroup.of(prompt, members, judged, settings.advantage(), completions.size());
    }

    /** How many of some prompts may show routes: their share, rounded up or down at random. */
    private int guided(int prompts, RandomGenerator random) {
        double share = settings.guidedShare() * prompts;
        int whole = (int) share;
        return whole == share ? whole : whole + (random.nextDouble() < share - whole ? 1 : 0);
    }
}
