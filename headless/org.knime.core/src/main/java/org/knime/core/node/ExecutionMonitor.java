package org.knime.core.node;

import org.realm4knime.standin.Progress;

/** Reports progress of a piece of work and asks whether it is canceled. */
public class ExecutionMonitor {

    private final Progress m_progress;

    public ExecutionMonitor(final Progress progress) {
        m_progress = progress;
    }

    /** @throws CanceledExecutionException if the work is to stop */
    public void checkCanceled() throws CanceledExecutionException {
        m_progress.checkCanceled();
    }

    /** @param progress done share of the work, in [0, 1]; anything else is ignored */
    public void setProgress(final double progress, final String message) {
        m_progress.report(progress, message);
    }

    /** Sets the message alone. */
    public void setProgress(final String message) {
        m_progress.report(Double.NaN, message);
    }
}
