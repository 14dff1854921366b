package org.knime.core.node.workflow.contextv2;

import java.nio.file.Path;

/** Where and by whom a workflow is executed. */
public abstract class ExecutorInfo {

    private final String m_userId;
    private final Path m_workflowPath;
    private final Path m_tempFolder;

    ExecutorInfo(final String userId, final Path workflowPath, final Path tempFolder) {
        m_userId = userId;
        m_workflowPath = workflowPath;
        m_tempFolder = tempFolder;
    }

    public String getUserId() {
        return m_userId;
    }

    /** The folder of the workflow. */
    public Path getLocalWorkflowPath() {
        return m_workflowPath;
    }

    public Path getTempFolder() {
        return m_tempFolder;
    }
}
