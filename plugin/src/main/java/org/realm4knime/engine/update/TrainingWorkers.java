package org.realm4knime.engine.update;

import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Spread;

/** Opens the worker of a training: in this process, or with the machines that work is spread over. */
public final class TrainingWorkers {

    private TrainingWorkers() {}

    /**
     * Prepares a training.
     *
     * @param model changes in place; must stay open
     * @param settings how to train
     * @param work what decides the memory
     * @param teacher whose distributions are learned
     * @param progress shows what it takes; asked, while the model is sent to machines, whether to stop
     * @throws org.realm4knime.engine.EngineException if there is too little memory
     */
    public static TrainingWorker open(
            LanguageModel model, WorkerSettings settings, Workload work, Teacher teacher, Progress progress)
            throws CanceledJobException {
        Machines machines = Spread.machines().orElse(null);
        if (machines == null) {
            return LocalWorker.open(model, settings, work, teacher, progress);
        }
        // the model as it is now, before the worker of this process begins an adapter
        SentTraining sent = SentTraining.share(machines, model, settings, work, teacher, progress);
        try {
            return new SpreadWorker(
                    LocalWorker.open(model, settings, work, teacher, progress), machines, sent, work.rows());
        } catch (RuntimeException | Error e) {
            sent.shared().forEach(machines::forget);
            throw e;
        }
    }
}
