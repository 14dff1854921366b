package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;

class StepLimitTest {

    private static final PolicyLoss LOSS = new PolicyLoss(1, 0.2, 0.28);

    @TempDir
    private Path folder;

    /** What a model samples itself, every other completion to be preferred to the rest. */
    private static List<TrainingSequence> sampled(LanguageModel model) throws CanceledJobException {
        List<Completion> completions = new Generator(model, 16)
                .generate(List.of("1 + 2 :"), 16, SamplingSettings.sample(8, 1, 5), Progress.silent())
                .get(0);
        int[] prompt = model.tokenizer().encode("1 + 2 :");
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            Completion completion = completions.get(i);
            sequences.add(TrainingSequence.sampled(
                    prompt, completion.drawn(1), 1.0 / 128, i % 2 == 0 ? 1 : -1, completion.logProbs()));
        }
        return sequences;
    }

    @ParameterizedTest
    @CsvSource({"0.001, false", "0.01, false", "0.001, true"})
    void aStepThatMovesThePolicyTooFarIsMadeSmaller(double bound, boolean adapter) throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                ModelUpdater updater = new ModelUpdater(
                        ModelUpdater.trainables(model, adapter ? LoraSettings.of(4, 8) : null, 1),
                        OptimizerSettings.of(0.05),
                        0,
                        false)) {
            List<TrainingSequence> sampled = sampled(model);
            Updates.policy(updater, sampled, LOSS, null, 0.05);

            double divergence = StepLimit.apply(
                    updater, new StepBound(sampled, 1, bound), 0.05, updater::divergence, Progress.silent());

            assertThat(divergence).isBetween(0.2 * bound, 1.3 * bound);
            assertThat(StepLimit.apply(
                            updater, new StepBound(sampled, 1, 1), 0.05, updater::divergence, Progress.silent()))
                    .as("measured again, not taken back")
                    .isCloseTo(divergence, within(1e-9));
        }
    }

    @Test
    void dropoutIsNoChangeOfThePolicy() throws CanceledJobException {
        LoraSettings dropping = new LoraSettings(
                4,
                8,
                0.5,
                LoraSettings.of(4, 8).targets(),
                LoraSettings.of(4, 8).rankStabilized());
        try (LanguageModel model = TinyModels.micro(folder, 1);
                ModelUpdater updater = new ModelUpdater(
                        ModelUpdater.trainables(model, dropping, 1), OptimizerSettings.of(1e-3), 0, false)) {
            Updates.policy(updater, sampled(model), LOSS, null, 0.05);
            updater.trainables().publish(Progress.silent());
            assertThat(updater.reading().divergence(sampled(model), 1, Progress.silent()))
                    .as("of what the model samples as it is")
                    .isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void aSmallStepStaysAsItIs() throws CanceledJobException {
        try (LanguageModel model = TinyModels.micro(folder, 1);
                ModelUpdater updater = new ModelUpdater(model, OptimizerSettings.of(1e-5), 0)) {
            List<TrainingSequence> sampled = sampled(model);
            Updates.policy(updater, sampled, LOSS, null, 1e-5);
            List<float[]> after = TinyModels.weights(model);

            assertThat(StepLimit.apply(
                            updater, new StepBound(sampled, 1, 1e-3), 1e-5, updater::divergence, Progress.silent()))
                    .isBetween(0.0, 1e-4);
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(after);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aStepTakenBackWholeIsGone(int updates) throws CanceledJobException {
        // no weight decay, which is not taken back
        OptimizerSettings optimizer =
                new OptimizerSettings(0.01, 0, 0.9, 0.95, 1e-8, 1, 0, LearningRateDecay.CONSTANT, 1);
        try (LanguageModel model = TinyModels.micro(folder, 1);
                ModelUpdater updater = new ModelUpdater(model, optimizer, 0)) {
            List<TrainingSequence> sampled = sampled(model);
            List<float[]> before = List.of();
            for (int i = 0; i < updates; i++) {
                before = TinyModels.weights(model);
                Updates.policy(updater, sampled, LOSS, null, 0.01);
            }
            updater.takeBack(0.01);
            List<float[]> after = TinyModels.weights(model);
            for (int i = 0; i < after.size(); i++) {
                assertThat(after.get(i)).containsExactly(before.get(i), within(1e-6f));
            }
        }
    }
}
