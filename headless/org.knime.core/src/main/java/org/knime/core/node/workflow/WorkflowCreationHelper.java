package org.knime.core.node.workflow;

import org.knime.core.node.workflow.contextv2.WorkflowContextV2;

/** What a new workflow needs to know. */
public class WorkflowCreationHelper {

    private final WorkflowContextV2 m_context;

    public WorkflowCreationHelper(final WorkflowContextV2 context) {
        m_context = context;
    }

    public WorkflowContextV2 getWorkflowContext() {
        return m_context;
    }
}
