package org.realm4knime.engine.update;

import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.spread.Workplace;

/** A training's worker in a process that does tasks: it takes no steps, but is told the weights that others took. */
final class Seat implements AutoCloseable {

    private final LanguageModel model;
    private final @Nullable LanguageModel teacher;
    private final LocalWorker worker;
    private String weights = "";

    private Seat(LanguageModel model, @Nullable LanguageModel teacher, LocalWorker worker) {
        this.model = model;
        this.teacher = teacher;
        this.worker = worker;
    }

    static Seat open(SentTraining training, Workplace at) {
        LanguageModel model = training.model().open(at);
        LanguageModel teacher = null;
        try {
            teacher = training.teacher().model() == null
                    ? null
                    : training.teacher().model().open(at);
            return new Seat(model, teacher, worker(training, model, teacher, at));
        } catch (RuntimeException | Error e) {
            model.close();
            if (teacher != null) {
                teacher.close();
            }
            throw e;
        }
    }

    private static LocalWorker worker(
            SentTraining training, LanguageModel model, @Nullable LanguageModel teacher, Workplace at) {
        try {
            return LocalWorker.open(
                    model,
                    training.settings(),
                    training.work(),
                    training.teacher().open(model, teacher),
                    at.progress());
        } catch (EngineException e) {
            // too little memory here, which says nothing of other machines
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * The worker with the weights of a moment.
     *
     * @param name what their values are shared under
     * @param steps steps that they have behind them
     */
    LocalWorker with(String name, int steps, Workplace at) {
        if (!weights.equals(name)) {
            weights = ""; // if they cannot be had, those that are there may be neither
            worker.take(at.shared(name), steps);
            weights = name;
        }
        return worker;
    }

    @Override
    public void close() {
        worker.close();
        model.close();
        if (teacher != null) {
            teacher.close();
        }
    }
}
