package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.model.GoldenModel;
import org.realm4knime.engine.model.LanguageModel;

/** AdamW steps against torch.optim.AdamW on the same models in transformers, see bench/golden/models.py. */
class GoldenStepTest {

    @TempDir
    private Path folder;

    static Stream<String> names() {
        return GoldenModel.names().filter(name -> GoldenModel.of(name).optimizer() != null);
    }

    @ParameterizedTest
    @MethodSource("names")
    void stepsAsPyTorchDoes(String name) throws CanceledJobException, IOException {
        GoldenModel golden = GoldenModel.of(name);
        List<TrainingSequence> sequences = sequences(golden);
        double rate = golden.optimizer().learningRate();
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory(name));
                LanguageModel expected = afterTheStep(GoldenModel.directory(name));
                ModelUpdater updater = new ModelUpdater(model, settings(golden.optimizer()), 0)) {
            for (int step = 0; step < golden.losses().length; step++) {
                Updates.Done figures = Updates.supervised(updater, sequences, rate);

                assertThat(figures.loss()).isCloseTo(golden.losses()[step], within(1e-5));
                assertThat(figures.gradientNorm()).isCloseTo(golden.gradientNorms()[step], within(1e-4));
                if (step == 0) {
                    assertSameWeights(model, expected);
                }
            }
        }
    }

    private static void assertSameWeights(LanguageModel model, LanguageModel expected) {
        for (int i = 0; i < expected.tensors().size(); i++) {
            assertThat(model.tensors().get(i).toFloatArray())
                    .as(model.parameters().get(i).name())
                    .containsExactly(expected.tensors().get(i).toFloatArray(), within(1e-5f));
        }
    }

    private LanguageModel afterTheStep(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.move(
                folder.resolve("after-step.safetensors"),
                folder.resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        return LanguageModel.read(folder);
    }

    private static List<TrainingSequence> sequences(GoldenModel golden) {
        int prompt = golden.promptLength();
        double tokens =
                Arrays.stream(golden.ids()).mapToInt(row -> row.length - prompt).sum();
        return Arrays.stream(golden.ids())
                .map(row -> TrainingSequence.taught(
                        Arrays.copyOf(row, prompt), Arrays.copyOfRange(row, prompt, row.length), 1 / tokens))
                .toList();
    }

    private static OptimizerSettings settings(GoldenModel.Optimizer adamw) {
        return new OptimizerSettings(
                adamw.learningRate(),
                adamw.weightDecay(),
                adamw.beta1(),
                adamw.beta2(),
                adamw.epsilon(),
                adamw.maxNorm(),
                0,
                LearningRateDecay.CONSTANT,
                1);
    }
}
