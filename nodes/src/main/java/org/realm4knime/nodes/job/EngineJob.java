package org.realm4knime.nodes.job;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.torch.MemoryAdvice;
import org.realm4knime.nodes.preferences.EnginePreferences;

/** Runs the engine within a node: with the user's preferences, and with KNIME's exceptions instead of the engine's. */
public final class EngineJob {

    private EngineJob() {}

    /** What a node does with the engine. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does the work.
         *
         * @param progress to report to
         * @throws CanceledJobException if the user cancelled the node
         * @throws CanceledExecutionException likewise, noticed by KNIME
         * @throws InvalidSettingsException if an input table lacks a column
         */
        void run(Progress progress) throws CanceledJobException, CanceledExecutionException, InvalidSettingsException;
    }

    /**
     * Runs the work.
     *
     * @param monitor the node's progress and cancellation
     * @param work what to do
     * @throws CanceledExecutionException if the user cancelled the node
     * @throws KNIMEException with a message for the user, if the work failed
     */
    public static void run(ExecutionMonitor monitor, Work work) throws CanceledExecutionException, KNIMEException {
        try {
            EnginePreferences.apply();
            work.run(new KnimeProgress(monitor));
        } catch (CanceledJobException e) {
            throw (CanceledExecutionException) new CanceledExecutionException().initCause(e);
        } catch (EngineException | InvalidSettingsException e) {
            // KNIME cancels by an interrupt too, which closes the files that are read or written
            monitor.checkCanceled();
            throw new KNIMEException(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new KNIMEException(MemoryAdvice.HEAP, e);
        }
    }
}
