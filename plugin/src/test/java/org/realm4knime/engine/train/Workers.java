package org.realm4knime.engine.train;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.LocalWorker;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.Teacher;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.UpdatePart;
import org.realm4knime.engine.update.WorkerSettings;
import org.realm4knime.engine.update.Workload;

/** Workers on tiny models. */
public final class Workers {

    private Workers() {}

    /** A worker that trains all weights. */
    public static LocalWorker of(LanguageModel model) {
        return LocalWorker.open(
                model,
                new WorkerSettings(OptimizerSettings.of(1e-3), null, 0, 1),
                Workload.of(1, 32, 8),
                new Teacher.None(),
                Progress.silent());
    }

    /** An update of one sequence. */
    public static void update(TrainingWorker worker, TrainingSequence sequence) throws CanceledJobException {
        worker.addGradients(
                List.of(new UpdatePart("part", List.of(sequence), new CrossEntropy(), 0)), Progress.silent());
        worker.takeStep(1e-3, StepBound.NONE, Progress.silent());
    }
}
