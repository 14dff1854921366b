package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.grpo.AdvantageKind;
import org.realm4knime.engine.grpo.LossKind;
import org.realm4knime.engine.model.GoldenModel;
import org.realm4knime.engine.model.LanguageModel;

/** A policy step against TRL's GRPOTrainer on the same completions and rewards, see bench/golden/policy_loss.py. */
class GoldenPolicyTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "grpo");
    private static final Golden GOLDEN = GoldenModel.read(FOLDER.resolve("golden.json"), Golden.class);

    /** With beta1 = 0 and no clipping, the optimizer's first moment is the gradient. */
    private static final OptimizerSettings KEEPS_THE_GRADIENT =
            new OptimizerSettings(1, 0, 0, 0.95, 1e-8, 1e9, 0, LearningRateDecay.CONSTANT, 1);

    private static final Map<String, LossKind> LOSSES =
            Map.of("grpo", LossKind.SEQUENCE, "bnpo", LossKind.TOKEN, "dr_grpo", LossKind.CONSTANT);

    @TempDir
    private Path folder;

    private record Golden(
            int longestCompletion,
            double temperature,
            int groupSize,
            double[] rewards,
            int[][] prompts,
            int[][] completions,
            float[][] oldLogProbs,
            double[] completionDivergences,
            List<Case> cases) {}

    private record Case(
            String name,
            String lossType,
            boolean scaleRewards,
            double beta,
            double clipLow,
            double clipHigh,
            double[] advantages,
            double loss,
            double divergence,
            double clipShare) {

        PolicyLoss constants() {
            return new PolicyLoss(GOLDEN.temperature, clipLow, clipHigh);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return GOLDEN.cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void advantagesAreThoseOfTrl(Case expected) {
        assertThat(advantages(expected)).containsExactly(expected.advantages, within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossGradientAndDivergenceAreThoseOfTrl(Case expected) throws CanceledJobException, IOException {
        try (LanguageModel policy = LanguageModel.read(FOLDER.resolve("policy"));
                LanguageModel reference = LanguageModel.read(FOLDER.resolve("reference"));
                ModelUpdater updater = new ModelUpdater(policy, KEEPS_THE_GRADIENT, 5)) {
            List<NDArray> compared = expected.beta > 0 ? reference.tensors() : null;
            Updates.Done figures = Updates.policy(updater, sequences(expected), expected.constants(), compared, 0);

            assertThat(figures.loss()).isCloseTo(expected.loss, within(1e-5));
            assertThat(figures.figures().clipShare()).isCloseTo(expected.clipShare, within(1e-6));
            if (expected.beta > 0) {
                assertThat(figures.figures().kl()).isCloseTo(expected.divergence, within(1e-5));
            }
            assertGradient(policy, updater.state().means(), expected);
        }
    }

    @Test
    void everyCompletionsDivergenceIsThatOfTrl() throws CanceledJobException {
        Case some = GOLDEN.cases.get(1);
        try (LanguageModel policy = LanguageModel.read(FOLDER.resolve("policy"));
                LanguageModel reference = LanguageModel.read(FOLDER.resolve("reference"));
                ModelUpdater updater = new ModelUpdater(policy, KEEPS_THE_GRADIENT, 0)) {
            for (int i = 0; i < GOLDEN.completions.length; i++) {
                Updates.Done figures = Updates.policy(
                        updater, List.of(sequences(some).get(i)), some.constants(), reference.tensors(), 0);

                assertThat(figures.figures().klSum()).isCloseTo(GOLDEN.completionDivergences[i], within(1e-4));
            }
        }
    }

    /** The expected gradient has the names and the row order of a checkpoint, so it is read like one. */
    private void assertGradient(LanguageModel policy, List<NDArray> actual, Case expected) throws IOException {
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(
                    FOLDER.resolve("policy").resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(
                FOLDER.resolve("gradient-%s.safetensors".formatted(expected.name)),
                folder.resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        try (LanguageModel gradient = LanguageModel.read(folder)) {
            for (int i = 0; i < actual.size(); i++) {
                assertThat(actual.get(i).toFloatArray())
                        .as(policy.parameters().get(i).name())
                        .containsExactly(gradient.tensors().get(i).toFloatArray(), within(1e-5f));
            }
        }
    }

    private static List<TrainingSequence> sequences(Case some) {
        LossKind loss = LOSSES.get(some.lossType);
        double[] advantages = advantages(some);
        int rollouts = GOLDEN.completions.length;
        long tokens = Arrays.stream(GOLDEN.completions).mapToLong(c -> c.length).sum();
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < rollouts; i++) {
            int[] completion = GOLDEN.completions[i];
            double scale = loss.tokenScale(completion.length, tokens, rollouts, GOLDEN.longestCompletion);
            sequences.add(
                    TrainingSequence.sampled(GOLDEN.prompts[i], completion, scale, advantages[i], GOLDEN.oldLogProbs[i])
                            .withDivergence(some.beta));
        }
        return sequences;
    }

    private static double[] advantages(Case some) {
        AdvantageKind kind = some.scaleRewards ? AdvantageKind.GRPO : AdvantageKind.DR_GRPO;
        double[] all = new double[GOLDEN.rewards.length];
        for (int from = 0; from < all.length; from += GOLDEN.groupSize) {
            double[] group = Arrays.copyOfRange(GOLDEN.rewards, from, from + GOLDEN.groupSize);
            System.arraycopy(kind.advantages(group, new int[group.length]), 0, all, from, group.length);
        }
        return all;
    }
}
