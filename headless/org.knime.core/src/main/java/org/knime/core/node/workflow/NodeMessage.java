package org.knime.core.node.workflow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a node tells the user about its state: a summary and, for some, details and ways out. */
public final class NodeMessage {

    /** How serious a message is. */
    public enum Type {
        RESET,
        WARNING,
        ERROR
    }

    /** No message. */
    public static final NodeMessage NONE = new NodeMessage(Type.RESET, "");

    private final Type m_type;
    private final String m_message;
    private final String m_issue;
    private final List<String> m_resolutions;

    public NodeMessage(final Type messageType, final String message) {
        this(messageType, message, null, List.of());
    }

    /** @param issue details; may be null */
    public NodeMessage(
            final Type messageType, final String message, final String issue, final List<String> resolutions) {
        m_type = Objects.requireNonNull(messageType);
        m_message = Objects.requireNonNullElse(message, "");
        m_issue = issue;
        m_resolutions = List.copyOf(resolutions);
    }

    public static NodeMessage newWarning(final String message) {
        return new NodeMessage(Type.WARNING, message);
    }

    public static NodeMessage newError(final String message) {
        return new NodeMessage(Type.ERROR, message);
    }

    public Type getMessageType() {
        return m_type;
    }

    public String getMessage() {
        return m_message;
    }

    public Optional<String> getIssue() {
        return Optional.ofNullable(m_issue);
    }

    public List<String> getResolutions() {
        return m_resolutions;
    }

    /** Summary, details and resolutions, each from its own line on. */
    public String toStringWithDetails() {
        final StringBuilder text = new StringBuilder(toString());
        getIssue().ifPresent(issue -> text.append('\n').append(issue));
        m_resolutions.forEach(resolution -> text.append("\n- ").append(resolution));
        return text.toString();
    }

    @Override
    public String toString() {
        return m_type + ": " + m_message;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof NodeMessage other
                && m_type == other.m_type
                && m_message.equals(other.m_message)
                && Objects.equals(m_issue, other.m_issue)
                && m_resolutions.equals(other.m_resolutions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_type, m_message);
    }
}
