package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;

class LocalWorkerTest {

    private static final UpdatePart PART = new UpdatePart(
            "part", List.of(TrainingSequence.taught(new int[] {2, 14}, new int[] {5, 1}, 0.5)), new CrossEntropy(), 0);
    private static final WorkerSettings SETTINGS = new WorkerSettings(OptimizerSettings.of(1e-3), null, 0, 1);

    @TempDir
    private Path folder;

    private static LocalWorker worker(LanguageModel model, Workload work, Progress progress) {
        return LocalWorker.open(model, SETTINGS, work, new Teacher.None(), progress);
    }

    private static void step(TrainingWorker worker) throws CanceledJobException {
        worker.addGradients(List.of(PART), Progress.silent());
        worker.takeStep(1e-2, StepBound.NONE, Progress.silent());
    }

    @Test
    void tellsWhatATrainingTakesBeforeItStarts() {
        List<String> messages = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                messages.add(message);
            }

            @Override
            public void checkCanceled() {
                // nobody cancels
            }
        };
        try (LanguageModel model = TinyModels.micro(folder, 1)) {
            try (LocalWorker worker = worker(model, Workload.of(20, 20, 8), progress)) {
                assertThat(worker.warning()).isEmpty();
            }
            assertThat(messages).singleElement().asString().startsWith("This training takes about ");

            assertThatThrownBy(() -> worker(model, Workload.of(1 << 30, 1 << 30, 1 << 20), progress))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("LoRA");
        }
    }

    @Test
    void goesBackToTheWeightsThatItRemembers() throws Exception {
        try (LanguageModel model = TinyModels.micro(folder.resolve("model"), 1);
                LocalWorker worker = worker(model, Workload.of(3, 3, 1).withCopy(true), Progress.silent())) {
            step(worker);
            worker.remember();
            List<float[]> kept = TinyModels.weights(model);
            Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
            worker.save(checkpoint);
            step(worker);
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isNotEqualTo(kept);

            worker.recall();
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(kept);
            assertThat(worker.steps()).isEqualTo(2);

            step(worker);
            worker.remember();
            worker.load(checkpoint, 1, Progress.silent());
            assertThat(worker.steps()).isEqualTo(1);
            worker.recall();
            assertThat(TinyModels.weights(model)).usingRecursiveComparison().isEqualTo(kept);
        }
    }

    @Test
    void writesWithTheWeightsAsTheyAre() throws CanceledJobException {
        SamplingSettings greedy = SamplingSettings.greedy(2);
        try (LanguageModel model = TinyModels.micro(folder, 1);
                LocalWorker worker = LocalWorker.open(
                        model,
                        new WorkerSettings(OptimizerSettings.of(1e-1), LoraSettings.of(4, 8), 0, 1),
                        Workload.of(3, 3, 1),
                        new Teacher.None(),
                        Progress.silent())) {
            for (int i = 0; i < 20; i++) {
                worker.addGradients(List.of(PART), Progress.silent());
                worker.takeStep(1e-1, StepBound.NONE, Progress.silent());
            }
            assertThat(worker.write(List.of(new int[] {2, 14}), 1, greedy, Progress.silent())
                            .get(0)
                            .get(0)
                            .tokens())
                    .as("the adapter that was trained is part of what writes")
                    .startsWith(5);
        }
    }
}
