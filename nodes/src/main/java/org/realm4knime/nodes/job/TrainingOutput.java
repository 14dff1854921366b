package org.realm4knime.nodes.job;

import java.util.List;
import java.util.Locale;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.NodeLogger;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.TrainingCanceledException;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.table.TrainingTables;

/** What every training node gives: the trained model, then the log, which its view shows, and the engine's warnings. */
public record TrainingOutput(LanguageModelPortObject model, BufferedDataTable log) {

    private static final NodeLogger LOGGER = NodeLogger.getLogger(TrainingOutput.class);

    /**
     * Keeps the trained model and writes the log.
     *
     * @param source the model that was trained
     * @param name name of the trained model
     * @param trained the trained model; stays open and is closed by the caller
     * @param result what the training left
     * @param lesson what it learned from, for the model's history
     * @param out takes the view's table and the warning
     * @param progress asked, while the model is written, whether to stop
     */
    public static TrainingOutput of(
            LanguageModelPortObject source,
            String name,
            LanguageModel trained,
            TrainingResult result,
            Lesson lesson,
            ExecutionContext exec,
            ExecuteOutput out,
            Progress progress)
            throws CanceledExecutionException, CanceledJobException {
        LanguageModelPortObject model =
                source.writeTrained(name, trained, lesson.training(name, trained, result), exec, progress);
        BufferedDataTable log = TrainingTables.LOG.write(result.log(), exec);
        out.setInternalData(log);
        Budget spent = result.spent();
        LOGGER.info(String.format(
                Locale.ROOT,
                "%s: %,d samples drawn, %,d tokens generated, %,d tokens trained",
                name,
                spent.samplesDrawn(),
                spent.tokensGenerated(),
                spent.tokensTrained()));
        result.notes().forEach(note -> LOGGER.info(name + ": " + note));
        warn(result.warnings(), out);
        return new TrainingOutput(model, log);
    }

    /** Which weights of a model were trained last, in words. */
    public static String weights(LanguageModel model) {
        return model.adapter()
                .map(adapter -> "a LoRA adapter of rank %d on %s"
                        .formatted(
                                adapter.settings().rank(),
                                LoraSettings.names(adapter.settings().targets())))
                .orElse("all weights");
    }

    /** A training in the engine. */
    @FunctionalInterface
    public interface Training<T> {

        /** Trains. */
        T run() throws CanceledJobException;
    }

    /**
     * Trains. If the user cancels, the log and the completions of the finished steps are kept for the view: KNIME
     * forgets them when it resets the node, a workflow run without KNIME reports them.
     *
     * @param training what to run
     * @return what it left
     */
    public static <T> T train(Training<T> training, ExecutionContext exec, ExecuteOutput out)
            throws CanceledJobException {
        try {
            return training.run();
        } catch (TrainingCanceledException e) {
            TrainingResult soFar = e.soFar();
            BufferedDataTable log = TrainingTables.LOG.writeCanceled(soFar.log(), exec);
            if (soFar.completions().isEmpty()) {
                out.setInternalData(log);
            } else {
                out.setInternalData(log, TrainingTables.COMPLETIONS.writeCanceled(soFar.completions(), exec));
            }
            // who follows the node looks now: the internal tables are there until it is reset
            exec.setProgress("Kept the log of " + soFar.log().size() + " steps");
            throw e;
        }
    }

    private static void warn(List<String> warnings, ExecuteOutput out) {
        if (!warnings.isEmpty()) {
            out.setWarningMessage(String.join("\n", warnings));
        }
    }
}
