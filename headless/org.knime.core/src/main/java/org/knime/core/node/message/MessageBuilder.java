package org.knime.core.node.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds a {@link Message}; without a summary, the first issue is the summary. */
public final class MessageBuilder {

    private final List<String> m_issues = new ArrayList<>();
    private final List<String> m_resolutions = new ArrayList<>();
    private String m_summary;

    MessageBuilder() {}

    public MessageBuilder withSummary(final String summary) {
        m_summary = summary;
        return this;
    }

    public MessageBuilder addTextIssue(final String description) {
        m_issues.add(description);
        return this;
    }

    public MessageBuilder addResolutions(final String... resolutions) {
        m_resolutions.addAll(List.of(resolutions));
        return this;
    }

    public Optional<String> getSummary() {
        return Optional.ofNullable(m_summary);
    }

    public Optional<String> getFirstIssue() {
        return m_issues.stream().findFirst();
    }

    public long getIssueCount() {
        return m_issues.size();
    }

    /** The message; empty if neither a summary nor an issue was given. */
    public Optional<Message> build() {
        return getSummary().or(this::getFirstIssue).map(s -> new Message(s, m_issues, m_resolutions));
    }
}
