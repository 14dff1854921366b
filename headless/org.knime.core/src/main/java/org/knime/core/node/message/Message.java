package org.knime.core.node.message;

import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.workflow.NodeMessage;

/** A summary for the user, with details of what went wrong and what can be done about it. */
public final class Message {

    private final String m_summary;
    private final List<String> m_issues;
    private final List<String> m_resolutions;

    Message(final String summary, final List<String> issues, final List<String> resolutions) {
        m_summary = summary;
        m_issues = List.copyOf(issues);
        m_resolutions = List.copyOf(resolutions);
    }

    public static MessageBuilder builder() {
        return new MessageBuilder();
    }

    public static Message fromSummary(final String summary) {
        return new Message(summary, List.of(), List.of());
    }

    public static Message fromSummaryWithResolution(final String summary, final String... resolutions) {
        return new Message(summary, List.of(), List.of(resolutions));
    }

    public String getSummary() {
        return m_summary;
    }

    public List<String> getResolutions() {
        return m_resolutions;
    }

    public NodeMessage toNodeMessage(final NodeMessage.Type type) {
        return new NodeMessage(type, m_summary, issue().orElse(null), m_resolutions);
    }

    private Optional<String> issue() {
        return m_issues.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", m_issues));
    }

    public KNIMEException toKNIMEException() {
        return KNIMEException.of(this);
    }

    public KNIMEException toKNIMEException(final Throwable cause) {
        return KNIMEException.of(this, cause);
    }

    public InvalidSettingsException toInvalidSettingsException() {
        return new MessageAwareInvalidSettingsException(this, null);
    }

    public InvalidSettingsException toInvalidSettingsException(final Throwable cause) {
        return new MessageAwareInvalidSettingsException(this, cause);
    }

    /** Summary, details and resolutions for a log. */
    public String toLogPrintable() {
        final StringBuilder text = new StringBuilder(m_summary);
        issue().ifPresent(issue -> text.append('\n').append(issue));
        m_resolutions.forEach(resolution -> text.append("\n- ").append(resolution));
        return text.toString();
    }

    @Override
    public String toString() {
        return m_summary;
    }
}
