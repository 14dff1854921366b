package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.grpo.StepContrasts.Contrasted;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.train.Workers;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.UpdatePart;

class StepContrastsTest {

    private static final double BETA = 0.7;
    private static final double WEIGHT = 0.5;

    /** Two pairs, one of which has steps of different lengths. */
    private static final List<StepPair> PAIRS = List.of(
            pair(new int[] {2, 12, 3, 14, 13}, new int[] {5}, new int[] {8}),
            pair(new int[] {4, 12, 3, 14}, new int[] {13, 7, 1}, new int[] {9, 9}));

    @TempDir
    private Path folder;

    private static StepPair pair(int[] prompt, int[] right, int[] wrong) {
        return new StepPair(TrainingSequence.taught(prompt, right, 1), TrainingSequence.taught(prompt, wrong, 1));
    }

    private static double loss(double right, double wrong) {
        return WEIGHT * Math.log1p(Math.exp(-BETA * (right - wrong)));
    }

    /** The weight of a step's tokens is minus the slope of the loss, here by central differences. */
    @Test
    void theWeightOfAStepIsTheSlopeOfItsPairsLoss() {
        double[] logProbs = {-1.2, -0.4, -3, -5.5};
        Contrasted contrasted = StepContrasts.slopes(PAIRS, logProbs, WEIGHT, BETA);

        double tiny = 1e-5;
        for (int pair = 0; pair < 2; pair++) {
            double right = logProbs[2 * pair];
            double wrong = logProbs[2 * pair + 1];
            double slope = (loss(right + tiny, wrong) - loss(right - tiny, wrong)) / (2 * tiny);
            List<TrainingSequence> steps = contrasted.part().sequences().subList(2 * pair, 2 * pair + 2);
            assertThat((double) steps.get(0).terms().weight()[0]).isCloseTo(-slope, within(1e-6));
            assertThat((double) steps.get(1).terms().weight()[0]).isCloseTo(slope, within(1e-6));
        }
        assertThat(WEIGHT * contrasted.lossSum())
                .isCloseTo(loss(logProbs[0], logProbs[1]) + loss(logProbs[2], logProbs[3]), within(1e-12));
        assertThat(contrasted.pairs()).isEqualTo(2);
        assertThat(contrasted.part().tokens()).isEqualTo(1 + 1 + 3 + 2);
    }

    @Test
    void anUpdateTellsRightStepsFromWrongOnes() throws CanceledJobException {
        UpdatePart even = new UpdatePart(
                "pairs",
                List.of(
                        PAIRS.get(0).positive(),
                        PAIRS.get(0).negative(),
                        PAIRS.get(1).positive(),
                        PAIRS.get(1).negative()),
                new CrossEntropy(),
                0);
        try (LanguageModel model = TinyModels.micro(folder, 1);
                LocalWorker worker = Workers.of(model)) {
            double[] before = worker.logProbs(even, Progress.silent());
            UpdatePart part = StepContrasts.slopes(PAIRS, before, WEIGHT, BETA).part();
            worker.addGradients(List.of(part), Progress.silent());
            worker.takeStep(1e-3, StepBound.NONE, Progress.silent());
            double[] after = worker.logProbs(even, Progress.silent());
            for (int right = 0; right < 4; right += 2) {
                assertThat(after[right] - after[right + 1]).isGreaterThan(before[right] - before[right + 1] + 0.01);
            }
        }
    }
}
