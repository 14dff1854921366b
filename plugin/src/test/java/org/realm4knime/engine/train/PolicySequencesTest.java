package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.VerifiedRoute;

class PolicySequencesTest {

    private static final GuidedProblem ITEM = SumProblems.all().get(12); // 1 + 2
    private static final int EOS = 1;

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void open() {
        model = TinyModels.micro(folder, 1);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private PolicySequences sequences(GrpoSettingsBuilder settings) {
        GrpoSettings built = settings.build();
        return new PolicySequences(model.tokenizer(), built);
    }

    private static Completion ended(int... tokens) {
        return new Completion(tokens, new float[tokens.length + 1], "", false);
    }

    private static Completion cut(int... tokens) {
        return new Completion(tokens, new float[tokens.length], "", true);
    }

    private static Reward reward(double total, String solution) {
        return new Reward(total >= 1 ? 1 : 0, Double.NaN, 1, total, solution, "");
    }

    private static RolloutGroup group(List<VerifiedRoute> shown, List<Completion> completions, List<Reward> rewards) {
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), shown, List.of(), "1 + 2 :");
        return RolloutGroup.of(prompt, completions, rewards, AdvantageKind.DR_GRPO);
    }

    @Test
    void dividesByTheTokensOfAllRollouts() {
        RolloutGroup telling =
                group(List.of(), List.of(ended(13, 5), cut(13, 13, 13, 13)), List.of(reward(1, ""), reward(0, "")));
        RolloutGroup silent = group(List.of(), List.of(ended(5), ended(5)), List.of(reward(1, ""), reward(1, "")));

        List<TrainingSequence> kept =
                sequences(GrpoSettings.builder().maskTruncated(false)).policy(List.of(telling, silent));

        // 3 + 4 + 2 + 2 tokens, although the silent group is not trained
        assertThat(kept).extracting(TrainingSequence::scale).containsExactly(1 / 11.0, 1 / 11.0);
        assertThat(kept).extracting(TrainingSequence::advantage).containsExactly(0.5, -0.5);
        assertThat(kept.get(0).prompt()).containsExactly(3, 12, 4, 14);
        assertThat(kept.get(0).completion()).containsExactly(13, 5, EOS);
        assertThat(kept.get(1).completion()).containsExactly(13, 13, 13, 13);
    }

    @Test
    void trainsTheEndTokenThatWasDrawn() {
        Completion other = new Completion(new int[] {13}, new float[2], "", false, 9, null);
        RolloutGroup group = group(List.of(), List.of(other, ended(5)), List.of(reward(1, ""), reward(0, "")));

        List<TrainingSequence> kept = sequences(GrpoSettings.builder()).policy(List.of(group));

        assertThat(kept.get(0).completion()).containsExactly(13, 9);
        assertThat(kept.get(1).completion()).containsExactly(5, EOS);
    }

    @Test
    void masksCutOffCompletions() {
        RolloutGroup group =
                group(List.of(), List.of(ended(13, 5), cut(13, 13)), List.of(reward(1, ""), reward(0, "")));

        assertThat(sequences(GrpoSettings.builder().maskTruncated(true)).policy(List.of(group)))
                .hasSize(1);
    }

    @Test
    void anExternalRouteIsAMemberWithAShapedLoss() {
        List<Completion> members = List.of(ended(13, 6), ended(13, 7), ended(13, 5));
        List<Reward> rewards = List.of(reward(0, ""), reward(0.2, ""), reward(1, ""));
        TrainingPrompt prompt = new TrainingPrompt(ITEM.problem(), List.of(), List.of(), "1 + 2 :");
        RolloutGroup group = RolloutGroup.of(prompt, members, rewards, AdvantageKind.DR_GRPO, 2);

        List<TrainingSequence> kept = sequences(GrpoSettings.builder().teaching(new RouteTeaching(1, 0.2, 0, 1)))
                .policy(List.of(group));

        // the model's own differ from their mean 0.1, the route from that of all three; the divisor is 3 x 3 tokens
        assertThat(group.size()).isEqualTo(2);
        assertThat(group.tokens()).isEqualTo(6);
        double[] expected = {0 - 0.1, 0.2 - 0.1, 1 - 0.4};
        for (int i = 0; i < 3; i++) {
            assertThat(kept.get(i).advantage()).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(kept).extracting(TrainingSequence::shaping).containsExactly(0.0, 0.0, 0.2);
        assertThat(kept).extracting(TrainingSequence::scale).containsOnly(1 / 9.0);
        assertThat(kept.get(2).completion()).containsExactly(13, 5, EOS);
        assertThat(kept.get(2).logProbs()).isEmpty();
        assertThat(group.logged(1)).hasSize(2);
    }

    @Test
    void splitsAStepIntoMiniBatches() {
        List<RolloutGroup> groups = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            groups.add(group(List.of(), List.of(ended(i + 2), ended(5)), List.of(reward(1, ""), reward(0, ""))));
        }
        assertThat(sequences(GrpoSettings.builder()).miniBatches(groups, 1, 0)).containsExactly(groups);

        PolicySequences sequences = sequences(GrpoSettings.builder().miniBatches(2));
        List<List<RolloutGroup>> first = sequences.miniBatches(groups, 1, 0);
        assertThat(first).extracting(List::size).containsExactly(2, 3);
        assertThat(first.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(groups);
        assertThat(sequences.miniBatches(groups, 1, 0)).isEqualTo(first);
        assertThat(sequences.miniBatches(groups, 1, 1)).isNotEqualTo(first);
        assertThat(sequences(GrpoSettings.builder().miniBatches(9)).miniBatches(groups, 1, 0))
                .hasSize(5);
    }
}
