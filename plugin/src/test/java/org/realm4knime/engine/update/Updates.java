package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Updates of one part: its gradients, then a step. */
final class Updates {

    private Updates() {}

    /**
     * What an update did.
     *
     * @param figures of its part
     * @param gradientNorm of its step
     */
    record Done(PartFigures figures, double gradientNorm) {

        double loss() {
            return figures.loss();
        }
    }

    static Done supervised(ModelUpdater updater, List<TrainingSequence> sequences, double learningRate)
            throws CanceledJobException {
        return update(updater, sequences, new CrossEntropy(), Readers.NONE, learningRate);
    }

    static Done distilled(ModelUpdater updater, List<TrainingSequence> sequences, TeacherStates teacher)
            throws CanceledJobException {
        return update(updater, sequences, new CrossEntropy(), new Readers(teacher, null), 0);
    }

    /** @param reference weights to measure the divergence from; null for none */
    static Done policy(
            ModelUpdater updater,
            List<TrainingSequence> sequences,
            PolicyLoss loss,
            List<NDArray> reference,
            double learningRate)
            throws CanceledJobException {
        return update(updater, sequences, loss, new Readers(null, reference), learningRate);
    }

    private static Done update(
            ModelUpdater updater,
            List<TrainingSequence> sequences,
            SequenceLoss loss,
            Readers readers,
            double learningRate)
            throws CanceledJobException {
        UpdatePart part = new UpdatePart("part", sequences, loss, 0);
        PartFigures figures =
                updater.addGradients(List.of(part), readers, Progress.silent()).get("part");
        return new Done(figures, updater.takeStep(learningRate));
    }
}
