package org.knime.core.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.knime.core.node.message.Message;
import org.knime.core.node.workflow.NodeID;
import org.knime.core.node.workflow.NodeProgress;
import org.knime.core.node.workflow.NodeProgressEvent;
import org.knime.core.node.workflow.NodeProgressListener;

/** Keeps progress and message, and tells listeners at once when they change. */
public class DefaultNodeProgressMonitor implements NodeProgressMonitor {

    private static final NodeID UNKNOWN_NODE = new NodeID(0);

    private final List<NodeProgressListener> m_listeners = new CopyOnWriteArrayList<>();
    private volatile Double m_progress;
    private volatile String m_message = "";
    private volatile Message m_cancelMessage;

    public DefaultNodeProgressMonitor() {}

    public DefaultNodeProgressMonitor(final NodeProgressListener l) {
        addProgressListener(l);
    }

    /** True if the node is asked to stop, or its thread is interrupted. */
    protected boolean isCanceled() {
        return m_cancelMessage != null || Thread.currentThread().isInterrupted();
    }

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (isCanceled()) {
            final Message message = m_cancelMessage;
            throw new CanceledExecutionException(
                    message == null ? CanceledExecutionException.DEFAULT_CANCEL_MESSAGE : message);
        }
    }

    @Override
    public void setExecuteCanceled() {
        setExecuteCanceled(CanceledExecutionException.DEFAULT_CANCEL_MESSAGE);
    }

    public void setExecuteCanceled(final Message cancelMessage) {
        m_cancelMessage = cancelMessage;
    }

    @Override
    public synchronized void reset() {
        m_progress = null;
        m_message = "";
        m_cancelMessage = null;
    }

    @Override
    public synchronized void setProgress(final double progress) {
        setProgress(progress, m_message);
    }

    @Override
    public synchronized void setProgress(final double progress, final String message) {
        if (progress >= 0 && progress <= 1) { // anything else is ignored
            m_progress = progress;
        }
        m_message = message == null ? "" : message;
        notifyListeners();
    }

    @Override
    public synchronized void setMessage(final String message) {
        m_message = message == null ? "" : message;
        notifyListeners();
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

    private void notifyListeners() {
        final NodeProgressEvent event = new NodeProgressEvent(UNKNOWN_NODE, new NodeProgress(m_progress, m_message));
        m_listeners.forEach(listener -> listener.progressChanged(event));
    }

    @Override
    public void addProgressListener(final NodeProgressListener l) {
        m_listeners.add(l);
    }

    @Override
    public void removeProgressListener(final NodeProgressListener l) {
        m_listeners.remove(l);
    }

    @Override
    public void removeAllProgressListener() {
        m_listeners.clear();
    }
}
