package org.knime.core.node;

import java.util.function.Supplier;

/** Reports progress of a piece of work and asks whether it is canceled. */
public class ExecutionMonitor {

    private final NodeProgressMonitor m_progress;

    /** A monitor of its own, which nobody watches. */
    public ExecutionMonitor() {
        this(new DefaultNodeProgressMonitor());
    }

    public ExecutionMonitor(final NodeProgressMonitor progress) {
        m_progress = progress;
    }

    public final NodeProgressMonitor getProgressMonitor() {
        return m_progress;
    }

    /** @throws CanceledExecutionException if the work is to stop */
    public void checkCanceled() throws CanceledExecutionException {
        m_progress.checkCanceled();
    }

    /** @param progress done share of the work, in [0, 1] */
    public void setProgress(final double progress) {
        m_progress.setProgress(progress);
    }

    public void setProgress(final double progress, final String message) {
        m_progress.setProgress(progress, message);
    }

    public void setProgress(final double progress, final Supplier<String> messageSupplier) {
        m_progress.setProgress(progress, messageSupplier);
    }

    public void setMessage(final String message) {
        m_progress.setMessage(message);
    }

    public void setMessage(final Supplier<String> messageSupplier) {
        m_progress.setMessage(messageSupplier);
    }

    /** Same as {@link #setMessage(String)}. */
    public void setProgress(final String message) {
        m_progress.setProgress(message);
    }

    /** A monitor for a part of the work: its progress 1 moves this one by {@code maxProg}. */
    public ExecutionMonitor createSubProgress(final double maxProg) {
        return new ExecutionMonitor(createSubProgressMonitor(maxProg));
    }

    /** Like {@link #createSubProgress}, but its messages are not shown. */
    public ExecutionMonitor createSilentSubProgress(final double maxProg) {
        return new ExecutionMonitor(createSilentSubProgressMonitor(maxProg));
    }

    NodeProgressMonitor createSubProgressMonitor(final double maxProg) {
        return new SubNodeProgressMonitor(m_progress, maxProg, false);
    }

    NodeProgressMonitor createSilentSubProgressMonitor(final double maxProg) {
        return new SubNodeProgressMonitor(m_progress, maxProg, true);
    }
}
