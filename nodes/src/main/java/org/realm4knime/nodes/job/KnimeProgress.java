package org.realm4knime.nodes.job;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Shows the engine's progress at the node and hands the user's cancellation to the engine. */
public final class KnimeProgress implements Progress {

    private final ExecutionMonitor monitor;

    /** Creates a progress that reports to {@code monitor}. */
    public KnimeProgress(ExecutionMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void report(double fraction, String message) {
        monitor.setProgress(fraction, message);
    }

    @Override
    public void checkCanceled() throws CanceledJobException {
        try {
            monitor.checkCanceled();
        } catch (CanceledExecutionException e) {
            // the engine's exception stands for it until EngineJob turns it back
            throw new CanceledJobException();
        }
    }
}
