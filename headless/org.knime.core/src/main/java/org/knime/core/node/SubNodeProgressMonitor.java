package org.knime.core.node;

import org.knime.core.node.workflow.NodeProgressListener;

/** A share of a parent's progress: what is reported here moves the parent by at most that share. */
final class SubNodeProgressMonitor implements NodeProgressMonitor {

    private final NodeProgressMonitor m_parent;
    private final double m_share;
    private final boolean m_silent;
    private double m_progress;
    private String m_message = "";

    /**
     * @param share part of the parent's progress, in [0, 1]
     * @param silent whether messages stay here
     */
    SubNodeProgressMonitor(final NodeProgressMonitor parent, final double share, final boolean silent) {
        m_parent = parent;
        m_share = share;
        m_silent = silent;
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        m_parent.checkCanceled();
    }

    @Override
    public void setExecuteCanceled() {
        m_parent.setExecuteCanceled();
    }

    @Override
    public void setProgress(final double progress) {
        final double clipped = Math.max(0, Math.min(1, progress));
        synchronized (m_parent) {
            final Double done = m_parent.getProgress();
            final double moved = (done == null ? 0 : done) + (clipped - m_progress) * m_share;
            m_progress = clipped;
            m_parent.setProgress(Math.max(0, Math.min(1, moved)));
        }
    }

    @Override
    public void setProgress(final double progress, final String message) {
        setMessage(message);
        setProgress(progress);
    }

    @Override
    public void setMessage(final String message) {
        m_message = message == null ? "" : message;
        if (!m_silent) {
            m_parent.setMessage(m_message);
        }
    }

    @Override
    public void setProgress(final String message) {
        setMessage(message);
    }

    @Override
    public Double getProgress() {
        return m_progress;
    }

    @Override
    public String getMessage() {
        return m_message;
    }

    @Override
    public void reset() {
        throw new IllegalStateException("The progress of a part of the work cannot be reset");
    }

    @Override
    public void addProgressListener(final NodeProgressListener l) {
        m_parent.addProgressListener(l);
    }

    @Override
    public void removeProgressListener(final NodeProgressListener l) {
        m_parent.removeProgressListener(l);
    }

    @Override
    public void removeAllProgressListener() {
        m_parent.removeAllProgressListener();
    }
}
