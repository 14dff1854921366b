package org.knime.core.node.workflow;

/** Progress and message of a running node at one moment. */
public final class NodeProgress {

    private final Double m_progress;
    private final String m_message;

    /** @param progress in [0, 1]; null if unknown */
    public NodeProgress(final Double progress, final String message) {
        m_progress = progress;
        m_message = message;
    }

    public boolean hasProgress() {
        return m_progress != null;
    }

    public Double getProgress() {
        return m_progress;
    }

    public boolean hasMessage() {
        return m_message != null && !m_message.isEmpty();
    }

    public String getMessage() {
        return m_message;
    }

    @Override
    public String toString() {
        return m_progress + ": " + m_message;
    }
}
