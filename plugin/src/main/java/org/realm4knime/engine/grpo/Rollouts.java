package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;

/** Has the policy complete prompts, and judges what it writes. */
final class Rollouts {

    private final CompletionSource source;
    private final Rewards rewards;
    private final ExternalRoutes external;
    private final GrpoSettings settings;

    Rollouts(CompletionSource source, Rewards rewards, ExternalRoutes external, GrpoSettings settings) {
        this.source = source;
        this.rewards = rewards;
        this.external = external;
        this.settings = settings;
    }

    /**
     * Completes and judges prompts.
     *
     * @param prompts what to ask
     * @param step number of the step
     * @param round number of the round within the step, from 0
     * @param progress asked whether to stop
     * @return a group for each prompt
     * @throws CanceledJobException if canceled
     */
    List<RolloutGroup> of(List<TrainingPrompt> prompts, int step, int round, Progress progress)
            throws CanceledJobException {
        List<List<Rollout.Sampled>> completions =
                source.write(tokens(prompts), settings.rollout().groupSize(), sampling(step, round), step, progress);
        RandomGenerator ofRoutes = RandomStreams.of(settings.run().seed(), Purpose.OFF_POLICY, step, round);
        Rewards judge = rewards.at((step - 1) / (double) settings.run().steps());
        List<RolloutGroup> groups = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            groups.add(group(prompts.get(i), completions.get(i), judge, ofRoutes));
        }
        return groups;
    }

    /**
     * Lets the first round of a step be completed while the policy is trained, where the source can.
     *
     * @return whether it is being completed; {@link #of} is then to be asked for the same prompts
     * @throws CanceledJobException if canceled
     */
    boolean begin(List<TrainingPrompt> prompts, int step, Progress progress) throws CanceledJobException {
        return source.begin(tokens(prompts), settings.rollout().groupSize(), sampling(step, 0), step, progress);
    }

    /** Drops what {@link #begin} began. */
    void forget() {
        source.forget();
    }

    private static List<int[]> tokens(List<TrainingPrompt> prompts) {
        return prompts.stream().map(TrainingPrompt::tokens).toList();
    }

    private SamplingSettings sampling(int step, int round) {
        return SamplingSettings.sample(
                settings.rollout().maxNewTokens(),
                settings.rollout().temperature(),
                RandomStreams.seed(settings.run().seed(), Purpose.SAMPLING, step, round));
    }

    private RolloutGroup group(
            TrainingPrompt prompt, List<Rollout.Sampled> completions, Rewards judge, RandomGenerator random) {
        List<Rollout> members = new ArrayList<>(completions);
        external.member(prompt, random).ifPresent(members::add);
        List<Reward> judged =
                members.stream().map(member -> judge.judge(prompt, member)).toList();
        return RolloutGroup.of(prompt, members, judged, settings.loss().advantage());
    }
}
