package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.update.TrainingSequence;

class GrpoSequencesTest {

    private static final GuidedProblem ITEM = SumProblems.all().get(12); // 1 + 2
    private static final int EOS = 1;

    private static final int[] PROMPT = {3, 12, 4, 14};

    private static GrpoSequences sequences(GrpoSettings settings) {
        return new GrpoSequences(settings);
    }

    private static GrpoSequences masking(boolean masked) {
        return sequences(GrpoSettings.DEFAULT.withLoss(LossSettings.DEFAULT.withTruncatedMasked(masked)));
    }

    private static GrpoSequences inParts(int parts) {
        return sequences(GrpoSettings.DEFAULT.withUpdate(UpdateSettings.DEFAULT.withUpdates(parts, 1)));
    }

    private static Rollout ended(int... tokens) {
        return Rollout.Sampled.of(PROMPT, new Completion(tokens, new float[tokens.length + 1], "", false), EOS);
    }

    private static Rollout cut(int... tokens) {
        return Rollout.Sampled.of(PROMPT, new Completion(tokens, new float[tokens.length], "", true), EOS);
    }

    private static Reward reward(double total, String solution) {
        return new Reward(total >= 1 ? 1 : 0, Double.NaN, 1, total, solution, "");
    }

    private static RolloutGroup group(List<VerifiedRoute> shown, List<Rollout> completions, List<Reward> rewards) {
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), shown, List.of(), "1 + 2 :", PROMPT);
        return RolloutGroup.of(prompt, completions, rewards, AdvantageKind.DR_GRPO);
    }

    @Test
    void dividesByTheTokensOfAllRollouts() {
        RolloutGroup telling =
                group(List.of(), List.of(ended(13, 5), cut(13, 13, 13, 13)), List.of(reward(1, ""), reward(0, "")));
        RolloutGroup silent = group(List.of(), List.of(ended(5), ended(5)), List.of(reward(1, ""), reward(1, "")));

        List<TrainingSequence> kept =
                masking(false).of(List.of(telling, silent)).sequences();

        // 3 + 4 + 2 + 2 tokens, although the silent group is not trained
        assertThat(kept).allSatisfy(one -> assertThat(one.terms().weight()).containsOnly(1 / 11f));
        assertThat(kept).extracting(one -> one.terms().advantage()[0]).containsExactly(0.5f, -0.5f);
        assertThat(kept.get(0).prompt()).containsExactly(3, 12, 4, 14);
        assertThat(kept.get(0).completion()).containsExactly(13, 5, EOS);
        assertThat(kept.get(1).completion()).containsExactly(13, 13, 13, 13);
    }

    /** Ours 0.5, 0.4 and 0.1 over theirs 0.25, 0.5 and 0.02: ratios of 2, 0.8 and 5, the last truncated. */
    @Test
    void whatAServerSampledCountsByTheTruncatedRatio() {
        float[] theirs = logs(0.25, 0.5, 0.02);
        float[] ours = logs(0.5, 0.4, 0.1);
        Rollout.Sampled served = Rollout.Sampled.of(PROMPT, new Completion(new int[] {13, 5}, theirs, "", false), EOS)
                .byServer(ours);
        RolloutGroup group = group(List.of(), List.of(served, ended(5)), List.of(reward(1, ""), reward(0, "")));

        TrainingSequence kept = masking(false).of(List.of(group)).sequences().get(0);

        assertThat(kept.terms().oldLogProbs()).containsExactly(ours);
        assertThat(kept.terms().advantage())
                .containsExactly(new float[] {0.5f * 2, 0.5f * 0.8f, 0.5f * 2}, within(1e-6f));
        SamplerGap gap = SamplerGap.of(List.of(served));
        assertThat(gap.ratio()).isCloseTo((2 + 0.8 + 5) / 3, within(1e-6));
        assertThat(gap.mean()).isCloseTo((Math.log(2) + Math.log(1.25) + Math.log(5)) / 3, within(1e-6));
        assertThat(gap.largest()).isCloseTo(Math.log(5), within(1e-6));
        assertThat(SamplerGap.of(List.of((Rollout.Sampled) ended(5))).ratio()).isNaN();
    }

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(probabilities[i]);
        }
        return logs;
    }

    @Test
    void trainsTheEndTokenThatWasDrawn() {
        Rollout other =
                Rollout.Sampled.of(PROMPT, new Completion(new int[] {13}, new float[2], "", false, 9, null), EOS);
        RolloutGroup group = group(List.of(), List.of(other, ended(5)), List.of(reward(1, ""), reward(0, "")));

        List<TrainingSequence> kept = masking(false).of(List.of(group)).sequences();

        assertThat(kept.get(0).completion()).containsExactly(13, 9);
        assertThat(kept.get(1).completion()).containsExactly(5, EOS);
    }

    @Test
    void masksCutOffCompletions() {
        RolloutGroup group =
                group(List.of(), List.of(ended(13, 5), cut(13, 13)), List.of(reward(1, ""), reward(0, "")));

        assertThat(masking(true).of(List.of(group)).sequences()).hasSize(1);
    }

    @Test
    void anExternalRouteIsAMemberWithAShapedLoss() {
        List<Rollout> members =
                List.of(ended(13, 6), ended(13, 7), new Rollout.External(PROMPT, new int[] {13, 5, EOS}, "= 3"));
        List<Reward> rewards = List.of(reward(0, ""), reward(0.2, ""), reward(1, ""));
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), List.of(), List.of(), "1 + 2 :", PROMPT);
        RolloutGroup group = RolloutGroup.of(prompt, members, rewards, AdvantageKind.DR_GRPO);

        List<TrainingSequence> kept = sequences(GrpoSettings.DEFAULT.withTeaching(
                        TeachingSettings.DEFAULT.withRoutes(new RouteTeaching(1, 0.2, 0, 1))))
                .of(List.of(group))
                .sequences();

        // the model's own differ from their mean 0.1, the route from that of all three; the divisor is 3 x 3 tokens
        assertThat(group.size()).isEqualTo(2);
        assertThat(group.tokens()).isEqualTo(6);
        double[] expected = {0 - 0.1, 0.2 - 0.1, 1 - 0.4};
        for (int i = 0; i < 3; i++) {
            assertThat((double) kept.get(i).terms().advantage()[0]).isCloseTo(expected[i], within(1e-7));
        }
        assertThat(kept).extracting(one -> one.terms().shaping()[0]).containsExactly(0f, 0f, 0.2f);
        assertThat(kept).allSatisfy(one -> assertThat(one.terms().weight()).containsOnly(1 / 9f));
        assertThat(kept.get(2).completion()).containsExactly(13, 5, EOS);
        assertThat(kept.get(2).terms().oldLogProbs()).containsOnly(0);
        assertThat(group.logged(1)).hasSize(2);
    }

    @Test
    void splitsAStepIntoMiniBatches() {
        List<RolloutGroup> groups = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            groups.add(group(List.of(), List.of(ended(i + 2), ended(5)), List.of(reward(1, ""), reward(0, ""))));
        }
        assertThat(inParts(1).miniBatches(groups, 1, 0)).containsExactly(groups);

        GrpoSequences sequences = inParts(2);
        List<List<RolloutGroup>> first = sequences.miniBatches(groups, 1, 0);
        assertThat(first).extracting(List::size).containsExactly(2, 3);
        assertThat(first.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(groups);
        assertThat(sequences.miniBatches(groups, 1, 0)).isEqualTo(first);
        assertThat(sequences.miniBatches(groups, 1, 1)).isNotEqualTo(first);
        assertThat(inParts(9).miniBatches(groups, 1, 0)).hasSize(5);
    }
}
