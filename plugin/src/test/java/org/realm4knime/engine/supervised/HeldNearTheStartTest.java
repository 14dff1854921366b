package org.realm4knime.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.PartFigures;
import org.realm4knime.engine.update.PolicyLoss;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.Teacher;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.UpdatePart;
import org.realm4knime.engine.update.WorkerSettings;
import org.realm4knime.engine.update.Workload;

/**
 * The exercise of CONTRIBUTING.md, an algorithm that the update does not know: supervised training that is held near
 * the model it began with. With beta the weight of the divergence and k3 its estimate on completions that the model
 * writes itself,
 *
 * <pre>loss = mean of -log p(token) over examples + beta times the mean of k3 over their tokens.</pre>
 */
class HeldNearTheStartTest {

    @TempDir
    private Path folder;

    /** Makes the sequences of a step. */
    private record Maker(List<int[]> prompts, int[] taught, TextTokenizer tokenizer, double beta) {

        UpdatePart examples() {
            double weight = 1.0 / (prompts.size() * taught.length);
            return new UpdatePart(
                    "examples",
                    prompts.stream()
                            .map(prompt -> TrainingSequence.taught(prompt, taught, weight))
                            .toList(),
                    new CrossEntropy(),
                    0);
        }

        UpdatePart own(List<List<Completion>> written) {
            int tokens = written.stream()
                    .flatMap(List::stream)
                    .mapToInt(completion -> completion.logProbs().length)
                    .sum();
            List<TrainingSequence> sequences = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                for (Completion completion : written.get(i)) {
                    int[] drawn = completion.drawn(tokenizer.eosId());
                    // without an advantage only the divergence is left of the policy loss
                    sequences.add(
                            TrainingSequence.sampled(prompts.get(i), drawn, 1.0 / tokens, 0, completion.logProbs())
                                    .withDivergence(beta));
                }
            }
            return new UpdatePart("own", sequences, new PolicyLoss(1, 0.2, 0.2), 1);
        }
    }

    /** @return divergence of the last step from the start, in nats per token */
    private double train(double beta) throws CanceledJobException {
        WorkerSettings settings = new WorkerSettings(OptimizerSettings.of(3e-3), null, 0, 1);
        Workload work = Workload.of(2, 16, 16).withWriting().withReference(true);
        try (LanguageModel model = TinyModels.micro(folder, 1);
                TrainingWorker worker =
                        LocalWorker.open(model, settings, work, new Teacher.None(), Progress.silent())) {
            List<int[]> prompts = List.of(new int[] {2, 12, 4, 14}, new int[] {7, 12, 2, 14});
            Maker maker = new Maker(prompts, new int[] {13, 6, 1}, model.tokenizer(), beta);
            double divergence = 0;
            for (int step = 1; step <= 20; step++) {
                SamplingSettings sampling = SamplingSettings.sample(8, 1, step);
                UpdatePart own = maker.own(worker.write(prompts, 6, sampling, Progress.silent()));
                Map<String, PartFigures> figures =
                        worker.addGradients(List.of(maker.examples(), own), Progress.silent());
                worker.takeStep(3e-3, StepBound.NONE, Progress.silent());
                divergence = figures.get("own").kl();
            }
            return divergence;
        }
    }

    @Test
    void staysNearerWithADivergence() throws CanceledJobException {
        assertThat(train(1)).isPositive().isLessThan(0.5 * train(1e-9));
    }
}
